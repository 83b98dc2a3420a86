/* npm test: everything that must hold before a change lands, and what it proved in numbers. The last line is
   `N passed, N failed`. `npm run test:all` gives the longer matrices (scripts/test-all.ts). */
import { checkPhase, testPhase, type Outcome } from './test/phases.ts'
import { emptyResultFolders } from './test/result-folders.ts'
import { summary } from './test/summary.ts'

const { results, counts } = emptyResultFolders()
const outcomes: Outcome[] = []
for (const [name, command] of [
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['types', ['tsc', '-b']],
  ['lint', ['eslint', '.']],
  ['layers', ['depcruise', 'installer-core', 'renderer', '--output-type', 'err']],
  ['unused', ['knip']],
  ['build', ['tsx', 'scripts/build.ts', '--windows']],
  ['package', ['tsx', 'scripts/package.ts', '--dir']],
  ['package for Windows', ['tsx', 'scripts/package.ts', '--dir', '--windows']],
] as const) {
  outcomes.push(checkPhase(name, command))
}
for (const project of ['unit', 'foreign', 'fuzz', 'proof', 'boot', 'window', 'package'])
  outcomes.push(testPhase(project, results))

process.stdout.write(summary(outcomes, counts))
process.exit(outcomes.some((outcome) => outcome.failed > 0) ? 1 : 0)
