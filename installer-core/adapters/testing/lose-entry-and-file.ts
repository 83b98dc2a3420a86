import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import type { RawFacts } from '../../model/machine.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import { openPracticePc } from '../disk-image/open-practice-pc.ts'

/** What an update and an accident do to a practice PC: Boot0001, Berth's entry there, and one file of its system go. */
export async function loseEntryAndFile(path: string, file: string): Promise<void> {
  const opened = expectOk(await openPracticePc(path, { access: 'write' }))
  const { platform } = opened
  const facts = expectOk(await platform.probe(neverCancelled)) as RawFacts
  const own = facts.bootVolumes.find(({ manifest }) => manifest !== null)
  const disk = facts.disks.find(({ partitions }) => partitions.some(({ id }) => id === own?.partition))
  if (own === undefined || disk === undefined) throw new Error('nothing of Berth is there')
  expectOk(await platform.firmware.delete({ vendor: vendor.global, name: 'Boot0001' }))
  const tree = expectOk(await platform.openBootVolume(disk.id, own.partition))
  expectOk(await tree.remove(file))
  expectOk(await tree.sync())
  expectOk(await tree.close())
  await opened.close()
}
