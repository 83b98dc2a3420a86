import { lba, MiB } from '../../base/bytes.ts'
import { guid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import { openPracticePc } from '../disk-image/open-practice-pc.ts'
import { placesOf, smallPc } from './small-pc.ts'

/* Run by a test in a process of its own: adds a partition to the PC in the folder that it is given. */
const folder = process.argv[2] ?? ''
const { platform } = expectOk(await openPracticePc(folder, { access: 'write' }))
const facts = expectOk(await platform.probe(neverCancelled))
expectOk(
  await platform.editPartitions(smallPc.disk, facts.disks[0]?.tableDigest ?? '', [
    {
      kind: 'add',
      slot: 3,
      guid: guid(smallPc.boot),
      typeGuid: partitionType.xbootldr,
      start: lba(placesOf(512).gap),
      blocks: (300 * MiB) / 512,
      attributes: '0000000000000000',
      name: 'Berth',
    },
  ]),
)
expectOk(await platform.close())
