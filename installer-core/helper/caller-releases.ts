import { checkedSource, type FileBytes } from '../adapters/release-folder/file-source.ts'
import { manifestFile, openReleaseFrom } from '../adapters/release-folder/open-release-folder.ts'
import type { SelfCommand } from '../adapters/self-command.ts'
import { startCommand, type Command, type RunningCommand } from '../adapters/run-command.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { KeyRing } from '../model/key-ring.ts'
import type { ReleaseId } from '../model/primitives.ts'
import type { ReleaseSource } from '../ports/release-source.ts'
import type { Caller } from './caller.ts'
import { readerExit } from './read-release.ts'

export interface CallerReleases {
  readonly caller: Caller
  /** What is started as the caller's user: a release's id and a file's name are added. */
  readonly reader: SelfCommand
  readonly ring: KeyRing
}

/** A reader that says nothing for so long was stopped by somebody: its user can do that. */
const silenceMs = 60_000

/**
 * The releases in the caller's cache, by id. Every file is opened by a process that runs as the caller's user; what it
 * says is believed only after signature and hashes.
 */
export function callerReleases(parts: CallerReleases): Pick<ReleaseSource, 'open'> {
  return {
    async open(id) {
      const opened = await openReleaseFrom(
        {
          readSmall: (file, limit) => readSmall(parts, id, file, limit),
          openFile: async (file) => {
            const from = childBytes(parts, id, file.source)
            return from.ok ? ok(checkedSource(file, from.value)) : from
          },
        },
        parts.ring,
      )
      if (!opened.ok || opened.value.manifest.id === id) return opened
      return fail('release-altered', { what: manifestFile, required: id, found: opened.value.manifest.id })
    },
  }
}

/** The command that reads a file as the caller: with no other group, no capability, and no way to get one. */
export function readerCommand({ caller, reader }: CallerReleases, id: ReleaseId, file: string): Command {
  const read = [reader.program, ...reader.args, id, file]
  const [program = '', ...args] =
    caller.uid === 0
      ? read
      : [
          'setpriv',
          `--reuid=${caller.uid}`,
          `--regid=${caller.gid}`,
          '--clear-groups',
          '--inh-caps=-all',
          '--bounding-set=-all',
          '--no-new-privs',
          '--',
          ...read,
        ]
  return { program, args, cwd: '/' }
}

async function readSmall(
  parts: CallerReleases,
  id: ReleaseId,
  file: string,
  limit: number,
): Promise<Result<Uint8Array>> {
  const from = childBytes(parts, id, file)
  if (!from.ok) return from
  const buffer = new Uint8Array(limit + 1)
  const read = await from.value.read(buffer, 0)
  await from.value.close()
  if (!read.ok) return read
  if (read.value <= limit) return ok(buffer.slice(0, read.value))
  return fail('release-altered', { file, required: `at most ${limit}`, found: `more than ${limit}` })
}

function childBytes(parts: CallerReleases, id: ReleaseId, file: string): Result<FileBytes> {
  const started = startCommand(readerCommand(parts, id, file))
  return started.ok ? ok(new ChildBytes(started.value, id, file)) : started
}

/** The bytes that a reader process gives, in order. */
class ChildBytes implements FileBytes {
  readonly #child: RunningCommand
  readonly #id: string
  readonly #file: string
  readonly #pieces: AsyncIterator<Uint8Array>
  #rest: Uint8Array = new Uint8Array()

  constructor(child: RunningCommand, id: string, file: string) {
    this.#child = child
    this.#id = id
    this.#file = file
    child.stdin.end()
    child.stderr.resume()
    this.#pieces = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  }

  async read(buffer: Uint8Array, position: number): Promise<Result<number>> {
    let filled = 0
    while (filled < buffer.length) {
      const piece = this.#rest.length > 0 ? this.#rest : await this.#next()
      if (piece === 'silent')
        return fail('io-failed', { what: 'read', where: this.#file, error: 'no answer' })
      if (piece === null) break
      const part = piece.subarray(0, buffer.length - filled)
      buffer.set(part, filled)
      filled += part.length
      this.#rest = piece.subarray(part.length)
    }
    return filled === 0 && position === 0 ? this.#ended() : ok(filled)
  }

  async close(): Promise<void> {
    this.#child.kill()
    await this.#child.ended
  }

  async #next(): Promise<Uint8Array | null | 'silent'> {
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<'silent'>((resolve) => {
      timer = setTimeout(() => resolve('silent'), silenceMs)
    })
    try {
      const next = await Promise.race([this.#pieces.next(), silence])
      return next === 'silent' ? next : next.done === true ? null : next.value
    } catch {
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  /** Nothing came at all: how the reader ended says why. */
  async #ended(): Promise<Result<number>> {
    const { exitCode } = await this.#child.ended
    switch (exitCode) {
      case readerExit.done:
        return ok(0)
      case readerExit.absent:
        return this.#file === manifestFile
          ? fail('release-not-found', { what: this.#id, where: 'cache' })
          : fail('release-incomplete', { what: this.#file })
      case readerExit.altered:
        return fail('release-altered', { what: this.#file, required: 'a file', found: 'something else' })
      default:
        return fail('io-failed', {
          what: 'read',
          where: this.#file,
          error: `exit ${exitCode ?? 'by signal'}`,
        })
    }
  }
}
