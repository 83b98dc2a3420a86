import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/bundle.ts'

/** What one phase of the tests gave. */
export interface Outcome {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly seconds: number
  /** What failed and how it showed, a few lines each: a log that was cut still ends with them. */
  readonly failures: readonly string[]
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** A check that passes or fails as a whole: its exit code decides. */
export function checkPhase(name: string, command: readonly string[]): Outcome {
  const { code, seconds, said } = runTool(name, command, 'pipe')
  process.stdout.write(said)
  return code === 0
    ? { name, passed: 1, failed: 0, seconds, failures: [] }
    : {
        name,
        passed: 0,
        failed: 1,
        seconds,
        failures: [`${name}\n${said.trim().split('\n').slice(-20).join('\n')}`],
      }
}

/** One vitest project, or those of its files whose path holds `files`; a run without a result counts as one failure. */
export function testPhase(project: string, results: string, files?: string): Outcome {
  const file = join(results, `${project}.json`)
  const { code, seconds } = runTool(
    project,
    [
      'vitest',
      'run',
      '--project',
      project,
      ...(files === undefined ? [] : [files]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    'inherit',
  )
  const report = readReport(file)
  if (code === 0 || report.failed > 0) return { name: project, seconds, ...report }
  const failures = [...report.failures, `${project} ended with ${code}`]
  return { name: project, seconds, ...report, failed: 1, failures }
}

/** What it said is kept only with `pipe`; with `inherit` it is shown as it comes. */
function runTool(
  name: string,
  [tool = '', ...args]: readonly string[],
  output: 'pipe' | 'inherit',
): { readonly code: number; readonly seconds: number; readonly said: string } {
  process.stdout.write(`\n── ${name}\n`)
  const begun = performance.now()
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    stdio: ['ignore', output, output],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const seconds = (performance.now() - begun) / 1000
  return { code: status ?? 1, seconds, said: output === 'pipe' ? `${stdout}${stderr}` : '' }
}

function readReport(file: string): Pick<Outcome, 'passed' | 'failed' | 'failures'> {
  if (!existsSync(file)) return { passed: 0, failed: 1, failures: ['no result was left behind'] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  return {
    passed: report.numPassedTests,
    // A test that did not run has proven nothing.
    failed: report.numFailedTests + report.numPendingTests,
    failures: report.testResults.flatMap(({ name, message, assertionResults }) => [
      ...(message === '' ? [] : [`${name}\n${ends(message)}`]),
      ...assertionResults
        .filter(({ status }) => status !== 'passed')
        .map(
          ({ fullName, status, failureMessages }) =>
            `${name}\n${fullName} (${status})\n${failureMessages.map(ends).join('\n')}`,
        ),
    ]),
  }
}

/** Enough of a failure to find its cause, little enough that many of them fit in what a log keeps: a guest says last why. */
function ends(text: string): string {
  const lines = text.split('\n').map((line) => line.slice(0, 160))
  const [head, tail] = [lines.slice(0, 12), lines.slice(12).slice(-20)]
  const between = lines.length - head.length - tail.length
  return [...head, ...(between > 0 ? [`… ${between} lines …`] : []), ...tail].join('\n')
}
