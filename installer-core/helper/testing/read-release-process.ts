import { readRelease } from '../read-release.ts'

/* `berth read-release` for a folder that a test chose: releases' folder, id, file. */
const [root = '', id = '', file = ''] = process.argv.slice(2)
process.exitCode = await readRelease(id, file, process.stdout, root)
