import { closeSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { attempt } from '../adapters/disk-image/io-failure.ts'
import { runCommand } from '../adapters/run-command.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import type { OpenOverlay, Overlay } from './overlay.ts'

/** The volume, and the file on another one that takes up the changes. */
export interface DmOverlayParts {
  /** The partition's device file. */
  readonly origin: string
  /** The volume's length in bytes. */
  readonly size: number
  readonly store: string
}

const timeoutMs = 60_000
const sector = 512
/** Sectors of a chunk, the unit of copying: 4 KiB, a block of the file system. */
const chunk = 8
const header = 64 * 1024
const name = 'berth-overlay'

/**
 * An overlay by the kernel (device-mapper's `snapshot` and `snapshot-merge`, kernel documentation), which keeps its own
 * account of the changes in the store by flushed writes, so that a merge that was cut goes on where it was.
 */
export function dmOverlay(parts: DmOverlayParts): Overlay {
  return {
    discard: async () => blankStore(parts.store),
    open: () => openOverlay(parts),
    merge: async () => {
      const attached = await attach(parts, 'snapshot-merge')
      if (!attached.ok) return attached
      const merged = await waitForMerge()
      const gone = await detach(attached.value, parts)
      return merged.ok ? gone : merged
    },
  }
}

async function openOverlay(parts: DmOverlayParts): Promise<Result<OpenOverlay>> {
  const attached = await attach(parts, 'snapshot')
  if (!attached.ok) return attached
  const named = await run('dmsetup', ['info', '--columns', '--noheadings', '--options', 'blkdevname', name])
  if (!named.ok) {
    await detach(attached.value, parts)
    return named
  }
  // The kernel's own name: links with other names are udev's work, and there is none in the stage.
  const device = `/dev/${named.value.trim()}`
  return ok({
    device,
    close: async () => {
      const flushed = flush(device)
      const state = await status()
      const gone = await detach(attached.value, parts)
      if (!state.ok) return state
      if (state.value.used === null)
        return fail('no-space', { where: parts.store, required: null, found: statSync(parts.store).size })
      return flushed.ok ? gone : flushed
    },
  })
}

/** The kernel takes a store without its own mark at the beginning for a new one. */
function blankStore(store: string): Result<void> {
  return attempt('write', store, () => {
    const file = openSync(store, 'r+')
    try {
      writeSync(file, new Uint8Array(header), 0, header, 0)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    return done
  })
}

/** Makes the device; the loop device that carries the store. */
async function attach(
  { origin, size, store }: DmOverlayParts,
  target: 'snapshot' | 'snapshot-merge',
): Promise<Result<string>> {
  const loop = await run('losetup', ['--find', '--show', store])
  if (!loop.ok) return loop
  const path = loop.value.trim()
  const table = `0 ${size / sector} ${target} ${origin} ${path} P ${chunk}`
  const made = await run('dmsetup', ['create', name, '--noudevsync', '--noudevrules', '--table', table])
  if (made.ok) return ok(path)
  await run('losetup', ['--detach', path])
  return made
}

async function detach(loop: string, { origin, store }: DmOverlayParts): Promise<Result<void>> {
  const removed = await run('dmsetup', ['remove', '--noudevsync', '--noudevrules', name])
  const detached = await run('losetup', ['--detach', loop])
  if (!removed.ok) return removed
  if (!detached.ok) return detached
  const kept = flush(store)
  return kept.ok ? flush(origin) : kept
}

/** `<used>/<all> <of it for the account>` in sectors, or a word when it cannot go on. */
async function status(): Promise<Result<{ readonly used: number | null; readonly account: number }>> {
  const asked = await run('dmsetup', ['status', name])
  if (!asked.ok) return asked
  const [, used, account] = /(\d+)\/\d+ (\d+)\s*$/.exec(asked.value) ?? []
  return ok({ used: used === undefined ? null : Number(used), account: Number(account ?? 0) })
}

async function waitForMerge(): Promise<Result<void>> {
  for (;;) {
    const now = await status()
    if (!now.ok) return now
    if (now.value.used === null) return fail('io-failed', { what: 'merge', where: name })
    if (now.value.used === now.value.account) return done
    await wait(200)
  }
}

function flush(path: string): Result<void> {
  return attempt('flush', path, () => {
    const file = openSync(path, 'r+')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    return done
  })
}

async function run(program: string, args: readonly string[]): Promise<Result<string>> {
  const ran = await runCommand({ program, args, timeoutMs })
  return ran.ok ? ok(ran.value.stdout) : ran
}
