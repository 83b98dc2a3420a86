import { runCommand } from '../adapters/run-command.ts'
import { KiB } from '../base/bytes.ts'
import { done, type Result } from '../base/result.ts'
import type { StageFileSystem, StageJob, StageMark } from '../model/stage.ts'
import type { Overlay } from './overlay.ts'

/** What the shrink works with. */
export interface ShrinkParts {
  readonly job: StageJob
  /** What the volume holds. */
  readonly fileSystem: StageFileSystem
  readonly overlay: Overlay
  /** The mark as it is, and how another one is made durable. */
  readonly mark: StageMark
  setPhase(phase: StageMark['phase']): Result<void>
  /** Makes sure that the PC starts nothing but the stage until the volume is whole again. */
  takeLead(): Promise<Result<void>>
  /** Gives the partition its new end; nothing when it has it. */
  shrinkPartition(): Promise<Result<void>>
}

const timeoutMs = 6 * 60 * 60 * 1000

/**
 * Shrinks an ext4 or NTFS that nobody uses, and its partition. The tools work on an overlay: the volume is as it was until
 * their work is complete, checked and durable. From the mark `merge` on there is only the way forward, which every step of can
 * be taken again. A failure while the mark is `prepare` has changed nothing.
 */
export async function shrinkOffline(parts: ShrinkParts): Promise<Result<void>> {
  let { phase } = parts.mark
  if (phase === 'prepare') {
    const worked = await workOnOverlay(parts)
    const leads = worked.ok ? await parts.takeLead() : worked
    const marked = leads.ok ? parts.setPhase('merge') : leads
    if (!marked.ok) return marked
    phase = 'merge'
  }
  if (phase === 'merge') {
    const merged = await parts.overlay.merge()
    const marked = merged.ok ? parts.setPhase('table') : merged
    if (!marked.ok) return marked
    phase = 'table'
  }
  if (phase !== 'table') return done
  const ended = await parts.shrinkPartition()
  return ended.ok ? parts.setPhase('done') : ended
}

async function workOnOverlay({ job, fileSystem, overlay }: ShrinkParts): Promise<Result<void>> {
  const empty = await overlay.discard()
  const opened = empty.ok ? await overlay.open() : empty
  if (!opened.ok) return opened
  const shrunk = await shrinks[fileSystem](opened.value.device, job)
  const closed = await opened.value.close()
  // A store that ran full is why the tools failed.
  return closed.ok ? shrunk : closed
}

/**
 * resize2fs refuses sizes below its own estimate of the least (`-f` overrides that), and the estimate can be the present
 * size of a volume that is two thirds full. Here it may try: on an overlay a failure harms nothing, and what comes of it
 * is checked.
 */
async function shrinkExt4(device: string, { to }: StageJob): Promise<Result<void>> {
  const mended = await runCommand({ program: 'e2fsck', args: ['-f', '-p', device], timeoutMs })
  // 1: something was put right.
  if (!mended.ok && mended.failure.command?.exitCode !== 1) return mended
  return runAll([
    ['resize2fs', '-f', device, `${Math.floor(to / KiB)}K`],
    ['e2fsck', '-f', '-n', device],
  ])
}

/**
 * ntfsresize looks over the whole volume before it works. It is answered instead of forced: forced, it would also work on
 * a volume that asks for a check, or whose look-over found something.
 */
async function shrinkNtfs(device: string, { to }: StageJob): Promise<Result<void>> {
  const args = ['--no-progress-bar', '--size', String(to), device]
  const shrunk = await runCommand({ program: 'ntfsresize', args, input: 'y\n', timeoutMs })
  if (!shrunk.ok) return shrunk
  // Forced twice, it looks at a volume that it has itself marked for a check just now; it changes nothing here.
  return runAll([['ntfsresize', '--info', '--force', '--force', '--no-progress-bar', device]])
}

const shrinks = { ext4: shrinkExt4, ntfs: shrinkNtfs } as const

async function runAll(commands: readonly (readonly [string, ...string[]])[]): Promise<Result<void>> {
  for (const [program, ...args] of commands) {
    const ran = await runCommand({ program, args, timeoutMs })
    if (!ran.ok) return ran
  }
  return done
}
