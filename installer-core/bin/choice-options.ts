import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import { GiB, KiB, MiB } from '../base/bytes.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { choicesSchema, type Choices } from '../model/choices.ts'

export interface ChoiceOptions {
  readonly profile?: string
  readonly disk?: string
  readonly spaceFrom?: string
  readonly bootSpace?: string
  readonly bootPartition?: string
  readonly default?: string
  readonly dataSpace?: string
  readonly wifi?: readonly string[]
  readonly encryption?: string
}

/** The options that say what a person wants: the same for check, plan and install. */
export function addChoiceOptions(command: Command): Command {
  return command
    .option(
      '--profile <file>',
      'choices from a file (see `berth schema choices`); the options below win over it',
    )
    .option('--disk <guid>', 'the disk to use, by its GUID')
    .option(
      '--space-from <where>',
      'where the room comes from: esp, xbootldr, gap or shrink:<partition GUID>',
    )
    .option('--boot-space <size>', 'size of a new boot partition, in bytes or as 4GiB')
    .option('--boot-partition <type>', 'type of a new boot partition: xbootldr (usual) or esp')
    .option('--default <system>', 'which system starts by itself later: present (usual) or new')
    .option('--data-space <size>', 'size of the data partition, when the release asks for one')
    .option(
      '--wifi <network...>',
      'networks that come along, by their ids (`berth networks`); their keys lie readable on the boot partition until the first start',
    )
    .option(
      '--encryption <key>',
      'encrypt the data partition with a passphrase (passphrase) or a key in the TPM (tpm)',
    )
}

/** The choices that a profile and the options make together. */
export function readChoices(options: ChoiceOptions): Result<Choices> {
  const profile =
    options.profile === undefined ? ok({ schema: 'berth/choices/1' }) : readProfile(options.profile)
  if (!profile.ok) return profile
  const spaceFrom = readSpaceFrom(options.spaceFrom)
  if (!spaceFrom.ok) return spaceFrom
  const sizes: Record<string, number> = {}
  for (const [name, text] of [
    ['bootSpace', options.bootSpace],
    ['dataSpace', options.dataSpace],
  ] as const) {
    if (text === undefined) continue
    const size = parseSize(text)
    if (size === null)
      return fail('usage', { what: text, required: 'a size in bytes, or with KiB, MiB or GiB' })
    sizes[name] = size
  }
  return parseChoices({
    ...profile.value,
    ...sizes,
    ...(spaceFrom.value === null ? {} : { spaceFrom: spaceFrom.value }),
    ...(options.disk === undefined ? {} : { disk: options.disk.toLowerCase() }),
    ...(options.bootPartition === undefined ? {} : { bootPartitionType: options.bootPartition }),
    ...(options.default === undefined ? {} : { defaultSystem: options.default }),
    ...(options.encryption === undefined ? {} : { you: encrypted(profile.value, options.encryption) }),
  })
}

/** What a profile says of the person, with encryption; what is no such thing stays as it is, to be refused. */
function encrypted(profile: object, encryption: string): unknown {
  const you: unknown = 'you' in profile ? profile.you : {}
  return typeof you === 'object' && you !== null ? { ...you, encryption } : you
}

/** A size in bytes from `4294967296`, `4GiB`, `512 MiB`; null when it is none. Decimal units are refused: they mislead. */
export function parseSize(text: string): number | null {
  const match = /^(\d{1,15})\s*(B|KiB|MiB|GiB)?$/.exec(text.trim())
  if (!match) return null
  const size = Number(match[1]) * { B: 1, KiB, MiB, GiB }[(match[2] ?? 'B') as 'B']
  return Number.isSafeInteger(size) ? size : null
}

function readSpaceFrom(text: string | undefined): Result<object | null> {
  if (text === undefined) return ok(null)
  const [kind = '', partition] = text.split(':')
  const takes = { automatic: false, gap: false, esp: true, xbootldr: true, shrink: true }[kind]
  const fits =
    takes !== undefined && (partition === undefined ? kind !== 'shrink' : takes && partition !== '')
  if (!fits) return fail('usage', { what: text, required: 'esp, xbootldr, gap or shrink:<partition GUID>' })
  return ok(partition === undefined ? { kind } : { kind, partition: partition.toLowerCase() })
}

function readProfile(file: string): Result<object> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof content === 'object' && content !== null
      ? ok(content)
      : fail('usage', { what: file, required: 'a JSON object' })
  } catch (thrown) {
    return fail('usage', {
      what: file,
      required: 'a readable JSON file',
      // What JSON.parse says quotes the file, which may hold a password hash.
      found: thrown instanceof SyntaxError || !(thrown instanceof Error) ? '' : thrown.message,
    })
  }
}

function parseChoices(value: object): Result<Choices> {
  const parsed = choicesSchema.safeParse(value)
  return parsed.success
    ? ok(parsed.data as Choices)
    : fail('usage', { what: 'the choices', required: z.prettifyError(parsed.error) })
}
