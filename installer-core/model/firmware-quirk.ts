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
  | 'forbids-writes'
  | 'sets-foreign-bit'
  | 'marks-entries'
  | 'lists-missing'
  | 'starts-by-place'

/** One kind of firmware and what it does, told by its vendor's and model's names, or by what it shows. */
export interface FirmwareQuirk {
  readonly id: `FQ-${string}`
  /** Null: no name tells it; known once it has shown itself. */
  readonly vendor: RegExp | null
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
  { id: 'FQ-07', vendor: null, model: any, effect: 'drops-entries', source: 'fwupd/fwupd#4199' },
  { id: 'FQ-08', vendor: null, model: any, effect: 'ignores-unlisted', source: 'rhboot/fwupdate#55' },
  {
    id: 'FQ-09',
    vendor: null,
    model: any,
    effect: 'wants-full-path',
    source: 'rhboot/efibootmgr#47, rhboot/efibootmgr#86',
  },
  { id: 'FQ-10', vendor: null, model: any, effect: 'windows-first', source: 'rhboot/efibootmgr#19' },
  { id: 'FQ-11', vendor: null, model: any, effect: 'fragile-store', source: 'NixOS/nixpkgs#27821' },
  {
    id: 'FQ-12',
    vendor: /apple/i,
    model: /^(macbookpro1[56]|macbookair[89]|macmini8|macpro7|imacpro1|imac20)\b/i,
    effect: 'forbids-writes',
    source: '0xbb/gpu-switch#51',
  },
  {
    id: 'FQ-13',
    vendor: /apple/i,
    model: any,
    effect: 'sets-foreign-bit',
    source: 'efivarfs on Apple computers',
  },
  { id: 'FQ-14', vendor: null, model: any, effect: 'starts-by-place', source: 'canonical/pc-gadget#90' },
  { id: 'FQ-15', vendor: null, model: any, effect: 'marks-entries', source: 'Neverous/efibooteditor#218' },
  {
    id: 'FQ-16',
    vendor: null,
    model: any,
    effect: 'lists-missing',
    source: 'BootOrder with Boot2004 and no Boot2004',
  },
  { id: 'FQ-17', vendor: null, model: any, effect: 'reverts-order', source: 'rhboot/efibootmgr#130' },
]

/** The quirks of one firmware, in the order of their numbers. */
export function quirksOf(vendor: string, model: string): readonly FirmwareQuirk[] {
  return firmwareQuirks.filter((quirk) => quirk.vendor?.test(vendor) === true && quirk.model.test(model))
}
