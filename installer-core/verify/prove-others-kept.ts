import type { Machine } from '../model/machine.ts'
import { manifestPath, leavingPath } from '../model/manifest.ts'
import type { Plan } from '../model/plan.ts'
import { expectSame, holds, type Finding } from './finding.ts'
import { entryData, fileIn, orderText, partitionIn, placeText } from './machine-lookup.ts'

/** What a plan makes or changes by intention: everything else has to stay as it is. */
export interface Touched {
  readonly partitions: ReadonlySet<string>
  readonly entries: ReadonlySet<number>
  readonly paths: ReadonlySet<string>
}

/** `made`: the files that the plan's run made, as the ownership manifest has them. */
export function touchedBy(plan: Plan, made: readonly string[] = []): Touched {
  const partitions = new Set<string>()
  const entries = new Set<number>()
  const paths = new Set<string>()
  const boot = plan.steps.find((step) => step.kind === 'write-files')?.target.partition
  for (const path of made) paths.add(`${boot} ${path.toLowerCase()}`)
  for (const step of plan.steps) {
    if (step.kind === 'shrink-volume') partitions.add(step.target.partition)
    if (step.kind === 'create-partition') partitions.add(step.partition)
    if (step.kind === 'create-boot-entry' || step.kind === 'replace-boot-entry') entries.add(step.entry)
    if (step.kind === 'set-boot-order') entries.add(step.entry)
    if (step.kind === 'write-credentials')
      for (const { path } of step.files) paths.add(`${step.target.partition} ${path.toLowerCase()}`)
    if (step.kind === 'write-files' || step.kind === 'restore-files')
      for (const file of [...step.files, ...step.markers])
        paths.add(`${step.target.partition} ${file.path.toLowerCase()}`)
    if (step.kind === 'restore-files' && step.manifest) paths.add(`${step.target.partition} ${manifestPath}`)
  }
  return { partitions, entries, paths }
}

/** Looks at everything that is not Berth's: partitions, boot files, boot entries and their order are as before. */
export function proveOthersKept(before: Machine, after: Machine, touched: Touched): readonly Finding[] {
  return [
    ...partitionsKept(before, after, touched),
    ...filesKept(before, after, touched),
    ...entriesKept(before, after, touched),
    expectSame(
      'order-kept',
      'BootOrder',
      orderText(before.firmware.bootOrder, touched.entries) || 'absent',
      orderText(after.firmware.bootOrder, touched.entries) || 'absent',
    ),
  ]
}

function partitionsKept(before: Machine, after: Machine, touched: Touched): Finding[] {
  return before.disks
    .flatMap((disk) => disk.partitions)
    .filter((partition) => !touched.partitions.has(partition.id))
    .map((partition) => {
      const found = partitionIn(after, partition.id)
      const place = placeText(partition)
      return expectSame('partition-kept', partition.id, place, found === null ? null : placeText(found))
    })
}

function filesKept(before: Machine, after: Machine, touched: Touched): Finding[] {
  const others = before.bootVolumes.filter(({ partition }) => !touched.partitions.has(partition))
  return others.flatMap(({ partition, files }) => {
    const foreign = files.filter(
      ({ path }) => !touched.paths.has(`${partition} ${path.toLowerCase()}`) && !leavingPath.test(path),
    )
    const text = (file: { size: number; sha256: string | null }) => `${file.size} ${file.sha256 ?? ''}`
    const wrong = foreign
      .map((file) => ({ file, found: fileIn(after, partition, file.path) }))
      .find(({ file, found }) => found === null || text(found) !== text(file))
    if (wrong === undefined) return [holds('files-kept', { where: partition, count: foreign.length })]
    return [
      expectSame(
        'files-kept',
        wrong.file.path,
        text(wrong.file),
        wrong.found === null ? null : text(wrong.found),
      ),
    ]
  })
}

function entriesKept(before: Machine, after: Machine, touched: Touched): Finding[] {
  return before.firmware.bootEntries
    .filter((entry) => !touched.entries.has(entry.number))
    .map((entry) =>
      expectSame(
        'entry-kept',
        `Boot${orderText([entry.number])}`,
        entry.data,
        entryData(after, entry.number),
      ),
    )
}
