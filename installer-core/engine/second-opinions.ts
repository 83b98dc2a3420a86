import { askLsblk } from '../adapters/linux/lsblk.ts'
import type { SelfCommand } from '../adapters/self-command.ts'
import type { Result } from '../base/result.ts'
import type { Machine } from '../model/machine.ts'
import { opinionSources, type SecondOpinion, type SecondOpinions } from '../model/second-opinion.ts'
import type { ThisPc } from '../model/this-pc.ts'
import { safeText } from '../probe/safe-text.ts'
import { disagreements } from '../report/disagreements.ts'
import { askThisPc } from './ask-this-pc.ts'

/** Who is asked; tests give answers. */
export interface OpinionAskers {
  readonly lsblk: () => Promise<Result<SecondOpinion>>
  readonly thisPc: () => Promise<Result<ThisPc>>
}

export function askersFor(self: SelfCommand): OpinionAskers {
  return { lsblk: askLsblk, thisPc: () => askThisPc(self) }
}

/** What other programs say of this PC, compared with what Berth read itself. Who cannot be asked is named. */
export async function secondOpinions(machine: Machine, askers: OpinionAskers): Promise<SecondOpinions> {
  const [lsblk, thisPc] = await Promise.all([askers.lsblk(), askers.thisPc()])
  const opinions = [
    ...(lsblk.ok ? [lsblk.value] : []),
    ...(thisPc.ok ? [fromSystemInformation(thisPc.value), fromDiskInfo(thisPc.value)] : []),
  ]
  const asked = opinions.map(({ source }) => source)
  const reason = (source: SecondOpinion['source']) => {
    const answer = source === 'lsblk' ? lsblk : thisPc
    return safeText(answer.ok ? '' : answer.failure.code)
  }
  return {
    schema: 'berth/second-opinions/1',
    asked,
    silent: opinionSources
      .filter((source) => !asked.includes(source))
      .map((source) => ({ source, reason: reason(source) })),
    disagreements: opinions.flatMap((opinion) => disagreements(machine, opinion)),
  }
}

function fromSystemInformation({ memory, firmware, disks, mounts }: ThisPc): SecondOpinion {
  return {
    source: 'systeminformation',
    memory,
    firmware: firmware === 'unknown' ? null : firmware,
    disks: disks.map(({ name, size }) => ({ path: name, size, sectorSize: null })),
    partitions: mountsOf(mounts, 'systeminformation'),
    listsAll: false,
  }
}

function fromDiskInfo({ mounts }: ThisPc): SecondOpinion {
  const partitions = mountsOf(mounts, 'node-disk-info')
  return { source: 'node-disk-info', memory: null, firmware: null, disks: [], partitions, listsAll: false }
}

function mountsOf(mounts: ThisPc['mounts'], source: SecondOpinion['source']): SecondOpinion['partitions'] {
  return mounts
    .filter((mount) => mount.source === source)
    .map(({ device, mount, fileSystem }) => ({ path: device, size: null, fileSystem, mounts: [mount] }))
}
