import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/bundle.ts'
import { packageWindow } from '../electron/package-window.ts'
import { testElectron } from '../electron/runtime.ts'
import { ratioRow, type Row } from './row.ts'

const megabyte = 1_000_000

/** What an AppImage holds (window, engine, page), compressed as its maker does it, against Electron alone. */
export async function benchPackageSize(folder: string): Promise<Row[]> {
  const { folder: ours } = await packageWindow('linux', true)
  const { folder: electron } = testElectron('linux')
  const sizeOf = (what: string, name: string) => {
    const file = join(folder, name)
    const args = [what, file, '-comp', 'zstd', '-root-owned', '-noappend', '-quiet', '-no-progress']
    execFileSync('mksquashfs', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    return statSync(file).size
  }
  const [all, alone] = [sizeOf(ours, 'berth.squashfs'), sizeOf(electron, 'electron.squashfs')]
  const megabytes = (size: number) => `${Math.round(size / megabyte)} MB`
  return [
    ratioRow({
      name: 'package size',
      samples: [all / alone],
      goal: 1.35,
      note: `contents of the AppImage ${megabytes(all)}, Electron alone ${megabytes(alone)}, both compressed`,
    }),
  ]
}
