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
export function checkPhase(name: string, [tool = '', ...args]: readonly string[]): Outcome {
  process.stdout.write(`\n── ${name}\n`)
  const begun = performance.now()
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const said = `${stdout}${stderr}`
  process.stdout.write(said)
  const passed = status === 0
  return {
    name,
    passed: passed ? 1 : 0,
    failed: passed ? 0 : 1,
    seconds: (performance.now() - begun) / 1000,
    failures: passed ? [] : [`${name}\n${said.trim().split('\n').slice(-20).join('\n')}`],
  }
}

/** One vitest project, or those of its files whose path holds `files`; a run without a result counts as one failure. */
export function testPhase(project: string, results: string, files?: string): Outcome {
  process.stdout.write(`\n── ${project}\n`)
  const file = join(results, `${project}.json`)
  const begun = performance.now()
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    [
      'run',
      '--project',
      project,
      ...(files === undefined ? [] : [files]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const seconds = (performance.now() - begun) / 1000
  const { passed, failed, failures } = readReport(file)
  if (status === 0 || failed > 0) return { name: project, passed, failed, seconds, failures }
  return {
    name: project,
    passed,
    failed: 1,
    seconds,
    failures: [...failures, `${project} ended with ${String(status)}`],
  }
}

function readReport(file: string): Pick<Outcome, 'passed' | 'failed' | 'failures'> {
  if (!existsSync(file)) return { passed: 0, failed: 1, failures: ['no result was left behind'] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  return {
    passed: report.numPassedTests,
    // A test that did not run has proven nothing.
    failed: report.numFailedTests + report.numPendingTests,
    failures: report.testResults.flatMap(({ name, message, assertionResults }) => [
      ...(message === '' ? [] : [`${name}\n${firstLines(message)}`]),
      ...assertionResults
        .filter(({ status }) => status !== 'passed')
        .map(
          ({ fullName, status, failureMessages }) =>
            `${name}\n${fullName} (${status})\n${failureMessages.map(firstLines).join('\n')}`,
        ),
    ]),
  }
}

/** Enough of a failure to find its cause, little enough that many of them fit in what a log keeps. */
function firstLines(text: string): string {
  return text.split('\n').slice(0, 16).join('\n').slice(0, 1500)
}
