/* node --import tsx scripts/electron-runtime.ts [--windows]: fetches the Electron that the tests run, and prints its folder. */
import { testElectron } from './electron/runtime.ts'

const { folder, version } = testElectron(process.argv.includes('--windows') ? 'windows' : 'linux')
process.stdout.write(`${version}\n${folder}\n`)
