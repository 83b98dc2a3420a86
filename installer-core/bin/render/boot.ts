import type { PcStart, PracticeBoot } from '../../practice/boot-schema.ts'
import { sentence } from '../../text/sentence.ts'
import { entryName } from '../../text/template.ts'

/** What a boot showed: for each start who started, why, and what the firmware would start next. */
export function bootLines(boot: PracticeBoot): readonly string[] {
  return [...boot.starts.flatMap(startLines), ...reached(boot)]
}

function startLines(start: PcStart): readonly string[] {
  const facts = {
    entry: start.bootCurrent === null ? null : entryName(start.bootCurrent),
    description: start.description,
  }
  return [
    sentence(`boot.reason.${start.reason}`, facts),
    ...start.failed.map(({ entry, description, why }) =>
      sentence('boot.failed', { entry: entryName(entry), description, why }),
    ),
    sentence(`boot.end.${start.end}`, { seconds: Math.round(start.durationMs / 1000) }),
    sentence('boot.next', {
      order: start.after.bootOrder?.map(entryName).join(', ') ?? null,
      next: start.after.bootNext === null ? null : entryName(start.after.bootNext),
    }),
  ]
}

function reached({ until, reachedMs }: PracticeBoot): readonly string[] {
  if (until === null) return []
  return [
    reachedMs === null
      ? sentence('boot.not-reached', { what: until })
      : sentence('boot.reached', { what: until, seconds: (reachedMs / 1000).toFixed(1) }),
  ]
}
