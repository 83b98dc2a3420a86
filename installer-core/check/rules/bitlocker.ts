import type { Partition } from '../../model/disk.ts'
import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'
import { isProtected, volumeName } from '../space/shrink-fitness.ts'
import { checkSecureBoot } from './secure-boot.ts'

/**
 * Will Windows ask for its recovery key? BitLocker seals to PCR 7 and 11 with Secure Boot, to PCR 0, 2, 4 and 11
 * without. A new partition changes PCR 5 and new boot variables PCR 1, which are in neither; Windows keeps its own
 * entry, so that PCR 4 sees the same programs. Only a change of Secure Boot itself would be noticed.
 */
export function checkBitlocker(context: CheckContext): readonly Finding[] {
  const { machine } = context
  const volumes = machine.disks.flatMap((disk) => disk.partitions).filter(mayBeEncrypted)
  const [first] = volumes
  if (first === undefined) return automatic(context)
  const converting = volumes.filter((partition) =>
    /ing$|paused$/.test(partition.volume.bitlocker?.conversion ?? ''),
  )
  const mustChange = checkSecureBoot(context).some((one) => one.severity === 'blocker')
  const unknown = machine.firmware.secureBoot.state === 'unknown'
  const where = first.id
  const facts = { volume: volumeName(first), count: volumes.length, pcrs: pcrs(context) }
  return [
    ...converting.map((partition) =>
      finding('bitlocker-converting', 'warning', {
        found: partition.volume.bitlocker?.conversion ?? 'unknown',
        where: partition.id,
        facts: { volume: volumeName(partition) },
      }),
    ),
    mustChange || unknown
      ? finding('bitlocker-prompt-likely', 'warning', { where, facts: { ...facts, unknown } })
      : finding('bitlocker-prompt-unlikely', 'warning', { where, facts }),
  ]
}

function pcrs({ machine }: CheckContext): string {
  return machine.firmware.secureBoot.state === 'on' ? '7 and 11' : '0, 2, 4 and 11'
}

function mayBeEncrypted(partition: Partition): boolean {
  return partition.volume.fileSystem === 'bitlocker' || isProtected(partition.volume.bitlocker)
}

function automatic({ machine }: CheckContext): readonly Finding[] {
  return machine.windows?.deviceEncryptionAutomatic === true ? [finding('bitlocker-automatic', 'note')] : []
}
