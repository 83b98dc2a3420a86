/* npm run package [-- --dir] [--windows]: the program with its window. `--dir` makes the unpacked folder alone, with the
   Electron that lies here (the tests'); otherwise the installers, with the pinned Electron, which must be reachable. */
import { packageWindow } from './electron/package-window.ts'

const dir = process.argv.includes('--dir')
const platform = process.argv.includes('--windows') ? 'windows' : 'linux'
process.stdout.write(`${await packageWindow(platform, dir)}\n`)
