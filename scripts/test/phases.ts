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
}

/** A check that passes or fails as a whole: its exit code decides. */
export function checkPhase(name: string, command: readonly string[]): Outcome {
  const { code, seconds } = runTool(name, command)
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, seconds }
}

/** One vitest project, or those of its files whose path holds `files`; a run without a result counts as one failure. */
export function testPhase(project: string, results: string, files?: string): Outcome {
  const file = join(results, `${project}.json`)
  const { code, seconds } = runTool(project, [
    'vitest',
    'run',
    '--project',
    project,
    ...(files === undefined ? [] : [files]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const { passed, failed } = readResult(file)
  return { name: project, passed, failed: code !== 0 && failed === 0 ? 1 : failed, seconds }
}

function readResult(file: string): { passed: number; failed: number } {
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const result = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
  }
  // A test that did not run has proven nothing.
  return { passed: result.numPassedTests, failed: result.numFailedTests + result.numPendingTests }
}

function runTool(name: string, [tool = '', ...args]: readonly string[]): { code: number; seconds: number } {
  process.stdout.write(`\n── ${name}\n`)
  const begun = performance.now()
  const { status } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return { code: status ?? 1, seconds: (performance.now() - begun) / 1000 }
}
