import { callersFolders } from '../../adapters/data-folder.ts'
import { readRelease } from '../read-release.ts'

/* `berth read-release` for a user whose home is a folder that a test chose: the home, a release's id, the file. */
const [home = '', id = '', file = ''] = process.argv.slice(2)
process.exitCode = await readRelease(id, file, process.stdout, callersFolders(home))
