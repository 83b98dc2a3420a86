/* npm run test:all [-- PART …]: the long matrices, in named parts of at most 30 minutes. Closes like npm test. */
import { checkPhase, testPhase, type Outcome } from './test/phases.ts'
import { emptyResultFolders } from './test/result-folders.ts'
import { summary } from './test/summary.ts'

interface Part {
  readonly project: string
  /** Only files whose path holds this. */
  readonly files?: string
  readonly env: Readonly<Record<string, string>>
}

const parts: Readonly<Record<string, Part>> = {
  fuzz: { project: 'fuzz', env: { BERTH_FUZZ_INPUTS: '1000000' } },
  cuts: { project: 'proof', files: 'execute/cut-', env: { BERTH_CUT_SAMPLES: '12' } },
  // The helper, the engine, or both killed at every step of an installation on "this PC".
  kills: { project: 'proof', files: 'engine/helped-engine', env: { BERTH_HELPER_KILL_EVERY: '1' } },
  faults: {
    project: 'proof',
    files: 'execute/faults',
    env: { BERTH_FAULT_CALLS: '1000000', BERTH_FAULT_READS: '40' },
  },
  // A real Debian in a guest: other disks, other roots, faults.
  'linux-disks': { project: 'matrix', files: 'linux/disks', env: {} },
  'linux-roots': { project: 'matrix', files: 'linux/roots', env: {} },
  'linux-faults': { project: 'matrix', files: 'linux/faults', env: {} },
  'linux-user': { project: 'matrix', files: 'linux/user', env: {} },
  // An ext4 root, and an NTFS, shrunk by the offline stage, with power cuts.
  'linux-offline': { project: 'matrix', files: 'linux/offline.matrix', env: {} },
  'linux-offline-ntfs': { project: 'matrix', files: 'linux/offline-ntfs', env: {} },
  // Room made on the mounted root, used, and given back.
  'linux-room': { project: 'matrix', files: 'linux/room', env: {} },
  'linux-offline-cuts': { project: 'matrix', files: 'linux/offline-cuts', env: {} },
  'linux-window': { project: 'matrix', files: 'linux/window.matrix', env: {} },
  'linux-window-room': { project: 'matrix', files: 'linux/window-room', env: {} },
  // The desktop system: built or from the cache, installed, used by its screen and keyboard.
  desktop: { project: 'matrix', files: 'desktop/desktop.matrix', env: {} },
  'desktop-access': { project: 'matrix', files: 'desktop/access', env: {} },
  'desktop-environments': { project: 'matrix', files: 'desktop/environments', env: {} },
  'desktop-first-run': { project: 'matrix', files: 'desktop/first-run', env: {} },
  'desktop-encrypted': { project: 'matrix', files: 'desktop/encrypted', env: {} },
  'desktop-failed-starts': { project: 'matrix', files: 'desktop/failed-starts', env: {} },
  'desktop-secure-boot': { project: 'matrix', files: 'desktop/secure-boot', env: {} },
  'desktop-settings': { project: 'matrix', files: 'desktop/settings', env: {} },
  // Nothing kept from the first build: Debian's packages are fetched and installed again.
  'desktop-two-builds': { project: 'matrix', files: 'desktop/two-builds', env: {} },
  'desktop-wifi': { project: 'matrix', files: 'desktop/wifi', env: {} },
  // PCR 11 of a TPM after a start is what the release's manifest says.
  measured: { project: 'matrix', files: 'measured/', env: {} },
  // The same scenarios, by the single executable instead of the sources.
  boots: { project: 'boot', env: { BERTH_E2E_EXECUTABLE: '1' } },
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}\n`)
  process.exit(2)
}
const { results, counts } = emptyResultFolders()
const outcomes: Outcome[] = [checkPhase('build', ['tsx', 'scripts/build.ts', '--windows'])]
for (const [name, { project, files, env }] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  Object.assign(process.env, env)
  outcomes.push(testPhase(project, results, files))
  for (const key of Object.keys(env)) delete process.env[key]
}
process.stdout.write(summary(outcomes, counts))
process.exit(outcomes.some((outcome) => outcome.failed > 0) ? 1 : 0)
