import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePcFile } from '../adapters/disk-image/pc-file.ts'
import { toWireFailure } from '../api/answer.ts'
import type { Target } from '../api/methods/target-methods.ts'
import type { TargetId } from '../api/wire-values.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { machineSchema, type Machine } from '../model/machine.ts'
import { safeText } from '../probe/safe-text.ts'
import type { Locale } from '../text/locale.ts'
import { sentence } from '../text/sentence.ts'
import { practiceTarget, type TargetPlace } from './target-place.ts'

/** What goes on at a target right now; asked of those who know. */
export interface Goings {
  isOn(target: TargetId): boolean
  runOn(target: TargetId): string | null
  /** A helper with full rights on this PC is there. */
  isElevated(): boolean
}

/** A place for a practice PC that is being made. */
export interface ReservedPlace {
  readonly folder: string
  /** It is whole now, or its making failed and what is there is taken away. */
  readonly settle: (whole: boolean) => void
}

const nameOf = /^[a-z0-9][a-z0-9-]{0,39}$/

/** The targets there are: this PC, the practice PCs in a folder, and the recordings in another. */
export class TargetBook {
  readonly #practice: string
  readonly #recordings: string
  readonly #made = new Set<string>()

  constructor(dataFolder: string) {
    this.#practice = join(dataFolder, 'practice')
    this.#recordings = join(dataFolder, 'recordings')
  }

  list(locale: Locale, goings: Goings): readonly Target[] {
    const ids: TargetId[] = [
      'this-pc',
      ...names(this.#practice)
        .filter((name) => nameOf.test(name))
        .map(practiceTarget),
      ...[...this.#made].filter((name) => !existsSync(join(this.#practice, name))).map(practiceTarget),
      ...names(this.#recordings).flatMap((file) => {
        const match = /^([0-9a-f]{16})\.json$/.exec(file)
        return match === null ? [] : [`recording:${match[1]}`]
      }),
    ]
    return ids.flatMap((id) => this.describe(id, locale, goings) ?? [])
  }

  /** Null when there is no such target. */
  describe(id: TargetId, locale: Locale, goings: Goings): Target | null {
    const place = this.find(id)
    const rest = { id, running: goings.isOn(id), run: goings.runOn(id), failure: null }
    if (!place.ok) {
      const broken = place.failure.code === 'not-found' ? null : toWireFailure(place.failure, locale)
      if (broken === null) return null
      return { ...rest, kind: 'recording', name: id, access: 'read-only', state: 'broken', failure: broken }
    }
    switch (place.value.kind) {
      case 'this-pc':
        return {
          ...rest,
          kind: 'this-pc',
          name: sentence('this-pc.name', {}, locale),
          access: goings.isElevated() ? 'read-write' : 'advisory',
          state: 'ready',
        }
      case 'recording':
        return { ...rest, kind: 'recording', name: place.value.name, access: 'read-only', state: 'ready' }
      case 'practice-pc':
        return this.#describePractice(id, place.value, locale, rest)
    }
  }

  find(id: TargetId): Result<TargetPlace> {
    if (id === 'this-pc') return ok({ kind: 'this-pc' })
    const [kind, name = ''] = id.split(':')
    if (kind === 'recording') return this.#recording(name)
    const folder = join(this.#practice, name)
    if (!existsSync(folder) && !this.#made.has(name)) return fail('not-found', { what: id })
    return ok({ kind: 'practice-pc', name, folder })
  }

  /** Keeps a recorded machine; the same text is the same target. `usage` when it is none. */
  keepRecording(name: string, text: string): Result<TargetId> {
    const machine = parseMachine(name, text)
    if (!machine.ok) return machine
    const key = createHash('sha256').update(text).digest('hex').slice(0, 16)
    mkdirSync(this.#recordings, { recursive: true })
    const document = { name: safeText(name, 120), machine: machine.value }
    writeFileSync(join(this.#recordings, `${key}.json`), JSON.stringify(document))
    return ok(`recording:${key}`)
  }

  /** A place for a new practice PC, which counts as being made until it is settled. `already-exists`. */
  reserve(name: string): Result<ReservedPlace> {
    const folder = join(this.#practice, name)
    if (this.#made.has(name) || existsSync(folder)) return fail('already-exists', { what: name })
    this.#made.add(name)
    return ok({
      folder,
      settle: (whole) => {
        // What is half made is nobody's PC.
        if (!whole) rmSync(folder, { recursive: true, force: true })
        this.#made.delete(name)
      },
    })
  }

  /** `busy` while it is being made, `read-only` for this PC. */
  remove(id: TargetId): Result<void> {
    const place = this.find(id)
    if (!place.ok) {
      if (place.failure.code === 'not-found') return place
    } else if (place.value.kind === 'this-pc') return fail('read-only', { what: id })
    else if (place.value.kind === 'practice-pc' && this.#made.has(place.value.name))
      return fail('busy', { what: id })
    const path =
      place.ok && place.value.kind === 'practice-pc'
        ? place.value.folder
        : join(this.#recordings, `${id.slice('recording:'.length)}.json`)
    rmSync(path, { recursive: true, force: true })
    return ok(undefined)
  }

  #recording(key: string): Result<TargetPlace> {
    const file = join(this.#recordings, `${key}.json`)
    if (!existsSync(file)) return fail('not-found', { what: `recording:${key}` })
    const { name, machine } = parseKept(readFileSync(file, 'utf8'))
    const parsed = machineSchema.safeParse(machine)
    return parsed.success
      ? ok({ kind: 'recording', name: safeText(name, 120), machine: parsed.data })
      : fail('usage', { what: name, required: 'berth/machine/1' })
  }

  #describePractice(
    id: TargetId,
    { name, folder }: Extract<TargetPlace, { kind: 'practice-pc' }>,
    locale: Locale,
    rest: Pick<Target, 'id' | 'running' | 'run' | 'failure'>,
  ): Target {
    const base = { ...rest, kind: 'practice-pc', access: 'read-write' } as const
    if (this.#made.has(name)) return { ...base, name, state: 'being-made' }
    const pc = readPc(folder, id)
    if (!pc.ok) return { ...base, name, state: 'broken', failure: toWireFailure(pc.failure, locale) }
    return { ...base, name: `${safeText(pc.value.name, 120)} (${name})`, state: 'ready' }
  }
}

function names(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

function readPc(folder: string, id: TargetId) {
  const file = join(folder, 'pc.json')
  return existsSync(file)
    ? parsePcFile(readFileSync(file, 'utf8'))
    : fail('not-found', { what: 'pc.json', where: id })
}

function parseKept(text: string): { readonly name: string; readonly machine: unknown } {
  try {
    const kept: unknown = JSON.parse(text)
    if (typeof kept === 'object' && kept !== null && 'name' in kept && 'machine' in kept)
      return { name: String(kept.name), machine: kept.machine }
  } catch {
    // Falls through: a file that somebody damaged is no recording.
  }
  return { name: '', machine: null }
}

function parseMachine(name: string, text: string): Result<Machine> {
  try {
    const parsed = machineSchema.safeParse(JSON.parse(text))
    if (parsed.success) return ok(parsed.data as Machine)
  } catch {
    // Said below.
  }
  return fail('usage', { what: safeText(name, 120), required: 'machine.json' })
}
