/* Shrinks the volume in a folder as the offline stage does, going on from the mark that lies there. */
import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { done, expectOk } from '../../base/result.ts'
import { stageJobSchema } from '../../model/stage.ts'
import { shrinkOffline } from '../shrink-offline.ts'
import { readStageMark, writeStageMark } from '../stage-mark.ts'
import { fileOverlay } from './file-overlay.ts'

const [folder = '', words = '', fileSystem = ''] = process.argv.slice(2)
const job = stageJobSchema.parse(JSON.parse(words))
const volume = join(folder, 'volume')
const path = join(folder, 'mark')
const mark = expectOk(readStageMark(path))
process.stdout.write(`${mark.phase}\n`)
const result = await shrinkOffline({
  job,
  fileSystem: fileSystem === 'ntfs' ? 'ntfs' : 'ext4',
  mark,
  overlay: fileOverlay(volume, join(folder, 'store')),
  setPhase: (phase) => {
    process.stdout.write(`${phase}\n`)
    return writeStageMark(path, { ...mark, phase })
  },
  takeLead: async () => done,
  shrinkPartition: async () => {
    truncateSync(volume, job.to)
    return done
  },
})
process.stdout.write(`${JSON.stringify(result)}\n`)
