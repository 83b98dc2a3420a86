import { firmwareQuirks, quirksOf, type FirmwareQuirk } from '../model/firmware-quirk.ts'
import type { BerthState, BootEntry, Machine } from '../model/machine.ts'

/** What the firmware says of itself. */
export type FirmwareIdentity = Pick<Machine['firmware'], 'vendor' | 'model'>

/** What is seen in the variables and on the boot volume, and no name would tell. */
export interface QuirkSigns {
  readonly bootEntries: readonly BootEntry[]
  readonly bootOrder: readonly number[] | null
  /** Attributes of every variable that was read. */
  readonly attributes: readonly number[]
  /** Bytes left in the store; null when unknown. */
  readonly free: number | null
  readonly berth: BerthState
}

const foreignBit = 0x80000000
/** AMI's mark in the optional data of the entries that it made or adopted. */
const amiMark = '0000424f'
/** Linux keeps 5,120 bytes of every store for the firmware; one more KiB takes an entry and the variables of a trial. */
const tightStore = 5120 + 1024

const hasProblem = (berth: BerthState, problem: string) =>
  berth.state !== 'absent' && berth.problems.includes(problem)

/** Signs by the number of the quirk that they give away. */
const signs: Readonly<Record<string, (seen: QuirkSigns) => boolean>> = {
  'FQ-07': ({ berth }) => hasProblem(berth, 'entry-missing'),
  'FQ-11': ({ free }) => free !== null && free < tightStore,
  'FQ-13': ({ attributes }) => attributes.some((value) => value < 0 || value >= foreignBit),
  'FQ-15': ({ bootEntries }) => bootEntries.some(({ optionalData }) => optionalData === amiMark),
  'FQ-16': ({ bootEntries, bootOrder }) =>
    (bootOrder ?? []).some((number) => !bootEntries.some((entry) => entry.number === number)),
  'FQ-17': ({ berth }) => hasProblem(berth, 'order-reverted'),
}

/**
 * The quirks that concern a firmware, in the order of their numbers: by the names it gives itself, by signs, or because
 * they are known of this very PC (`known`: their ids).
 */
export function quirksFor(
  identity: FirmwareIdentity,
  seen: QuirkSigns | null = null,
  known: readonly string[] = [],
): readonly FirmwareQuirk[] {
  const named = quirksOf(identity.vendor, identity.model)
  return firmwareQuirks.filter(
    (quirk) =>
      named.includes(quirk) ||
      known.includes(quirk.id) ||
      (seen !== null && signs[quirk.id]?.(seen) === true),
  )
}
