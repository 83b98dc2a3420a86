/** What a firmware does that the specification does not let it do. */
export type QuirkEffect =
  | 'reverts-order'
  | 'drops-entries'
  | 'ignores-unlisted'
  | 'wants-full-path'
  | 'windows-first'
  | 'erases-2002'
  | 'wants-trusted-file'
  | 'fragile-store'

/** One kind of firmware and what it does, told by its vendor's and model's names. */
export interface FirmwareQuirk {
  readonly id: `FQ-${string}`
  readonly vendor: RegExp
  readonly model: RegExp
  readonly effect: QuirkEffect
  /** Where it was reported. */
  readonly source: string
}

const any = /^/

/** Numbered and only ever added to: a number keeps its meaning. */
export const firmwareQuirks: readonly FirmwareQuirk[] = [
  {
    id: 'FQ-01',
    vendor: /insyde/i,
    model: /toshiba|satellite|portege/i,
    effect: 'reverts-order',
    source: 'rhboot/efibootmgr#130',
  },
  { id: 'FQ-02', vendor: /lenovo/i, model: any, effect: 'reverts-order', source: 'fwupd/fwupd#3186' },
  { id: 'FQ-03', vendor: /^(hp|hewlett)/i, model: any, effect: 'drops-entries', source: 'fwupd/fwupd#6956' },
  {
    id: 'FQ-04',
    vendor: /^(hp|hewlett)/i,
    model: any,
    effect: 'erases-2002',
    source: 'Metabolix/HackBGRT#160',
  },
  { id: 'FQ-05', vendor: /acer/i, model: any, effect: 'wants-trusted-file', source: 'rhboot/efibootmgr#150' },
  {
    id: 'FQ-06',
    vendor: /micro-star|^msi/i,
    model: any,
    effect: 'fragile-store',
    source: 'systemd/systemd#2402',
  },
]

/** The quirks of one firmware, in the order of their numbers. */
export function quirksOf(vendor: string, model: string): readonly FirmwareQuirk[] {
  return firmwareQuirks.filter((quirk) => quirk.vendor.test(vendor) && quirk.model.test(model))
}
