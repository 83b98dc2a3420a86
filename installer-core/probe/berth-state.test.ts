import { describe, expect, it } from 'vitest'
import { bytes, lba } from '../base/bytes.ts'
import { vendor } from '../base/well-known.ts'
import type { BerthState, BootVolume, RawVariable } from '../model/machine.ts'
import { ownershipManifestSchema } from '../model/manifest.ts'
import type { PlannedStep } from '../model/plan.ts'
import { manifestWith } from '../steps/testing/step-tools.ts'
import { readBerthState } from './berth-state.ts'
import { readBootEntries } from './boot-entries.ts'
import { readManifest } from './read-manifest.ts'
import { asciiVariable, bootVolume, entryVariable } from './testing/raw-facts.ts'
import { variableTable } from './variable-table.ts'

const release = 'cut-1-x86_64'
const nonce = '0123456789abcdef0123456789abcdef'
const boot = { id: 'c0ffee00-1111-4222-8333-444455556666', slot: 5, start: 2048, blocks: 8192 }
const path = `/EFI/Linux/${release}.efi`
const entry = entryVariable(3, 'Berth', boot, path)
const target = {
  disk: 'd' as never,
  partition: boot.id as never,
  start: lba(boot.start),
  size: bytes(4_194_304),
}
const steps: readonly PlannedStep[] = [
  {
    kind: 'write-files',
    target,
    release: release as never,
    files: [{ source: 'x.efi', path, size: bytes(1000), sha256: 'ab'.repeat(32) }],
    markers: [],
    totalBytes: bytes(1000),
  },
  {
    kind: 'create-boot-entry',
    entry: 3,
    description: 'Berth',
    disk: 'd' as never,
    partition: boot.id as never,
    path,
    data: entry.data,
  },
  { kind: 'arm-trial', entry: 3, release: release as never, nonce, listInOrder: false },
]
const manifest = JSON.stringify(manifestWith(steps))
const armed = asciiVariable(vendor.berth, 'BerthArmed', `${release} ${nonce}`)
const started = asciiVariable(vendor.berth, 'BerthTrial', `${release} ${nonce}\0`)
const own = bootVolume(boot.id, [path], { manifest })

interface Scene {
  readonly volumes?: readonly BootVolume[]
  readonly variables?: readonly RawVariable[]
  readonly order?: readonly number[] | null
}

function stateOf({ volumes = [own], variables = [entry], order = [0] }: Scene): BerthState {
  const table = variableTable(variables)
  const { bootEntries } = readBootEntries(table, { disks: [], bootVolumes: volumes })
  return readBerthState({ bootVolumes: volumes, variables: table, bootEntries, bootOrder: order })
}

const common = { release, partition: boot.id, entry: 3, nonce }

describe("Berth's own state", () => {
  it('the manifest of these tests follows its schema', () => {
    expect(ownershipManifestSchema.safeParse(JSON.parse(manifest)).error).toBeUndefined()
  })

  it.each<[string, Scene, object]>([
    ['nothing', { volumes: [] }, { state: 'absent' }],
    [
      'armed, not started yet',
      { variables: [entry, armed] },
      { ...common, state: 'trial', started: false, problems: [] },
    ],
    [
      'started once, not confirmed',
      { variables: [entry, armed, started] },
      { ...common, state: 'trial', started: true, problems: [] },
    ],
    [
      'listed for the trial only',
      { variables: [entry, armed], order: [0, 3] },
      { ...common, state: 'trial' },
    ],
    [
      'confirmed',
      { variables: [entry, started], order: [0, 3] },
      { ...common, state: 'installed', started: true, problems: [] },
    ],
    ['confirmed, marks cleared', { order: [3, 0] }, { ...common, state: 'installed', started: false }],
    [
      'HC-21 order reverted',
      { variables: [entry, started] },
      { ...common, state: 'damaged', problems: ['order-reverted'] },
    ],
    [
      'HC-30 entry gone',
      { variables: [started], order: [0, 3] },
      { ...common, entry: null, state: 'damaged', problems: ['entry-missing'] },
    ],
    [
      'entry under another number',
      { variables: [{ ...entry, name: 'Boot0007' }], order: [0, 7] },
      { ...common, entry: 7, state: 'installed', problems: [] },
    ],
    [
      'entry with a mark of the firmware',
      { variables: [{ ...entry, data: `${entry.data}0000424f` }], order: [3] },
      { ...common, state: 'damaged', problems: ['entry-changed'] },
    ],
    [
      'file gone',
      { volumes: [{ ...own, files: [] }], order: [3] },
      { ...common, state: 'damaged', problems: ['file-missing'] },
    ],
    [
      'file not looked for',
      { volumes: [{ ...own, files: [], incomplete: true }], order: [3] },
      { ...common, state: 'installed' },
    ],
    [
      'file changed',
      { volumes: [{ ...own, files: [{ path, size: bytes(1000), sha256: '00'.repeat(32) }] }], order: [3] },
      { ...common, state: 'damaged', problems: ['file-changed'] },
    ],
    [
      'manifest unreadable',
      { volumes: [{ ...own, manifest: '{"schema":' }], variables: [entry, started] },
      { ...common, entry: null, state: 'damaged', started: true, problems: ['manifest-unreadable'] },
    ],
    [
      'manifest unreadable, no marks',
      { volumes: [{ ...own, manifest: 'x' }] },
      { state: 'damaged', release: 'unknown', nonce: '', problems: ['manifest-unreadable'] },
    ],
    [
      'a copy of the volume beside it',
      { volumes: [{ ...own, partition: 'copy' as never }, own], order: [3] },
      { ...common, state: 'damaged', problems: ['manifest-twice'] },
    ],
    [
      "another installation's marks",
      { variables: [entry, asciiVariable(vendor.berth, 'BerthTrial', `${release} ${'f'.repeat(32)}`)] },
      { ...common, state: 'trial', started: false },
    ],
  ])('%s', (_, scene, expected) => {
    expect(stateOf(scene)).toMatchObject(expected)
  })

  it('what the first start used up is no damage', () => {
    const credentials: PlannedStep = {
      kind: 'write-credentials',
      target,
      files: [{ path: '/loader/credentials/berth.language.cred', sha256: 'cd'.repeat(32) }],
    }
    const asked = JSON.stringify(manifestWith([...steps, credentials]))
    const usedUp = bootVolume(boot.id, [path], { manifest: asked })
    const state = stateOf({ volumes: [usedUp], variables: [entry, armed, started] })
    expect(state).toMatchObject({ state: 'trial', started: true, problems: [] })
  })

  it('the manifest on its own volume goes before a copy', () => {
    const copy = { ...own, partition: 'copy' as never }
    expect(readManifest({ bootVolumes: [copy, own] })).toEqual(JSON.parse(manifest))
    expect(readManifest({ bootVolumes: [{ ...own, manifest: '[]' }] })).toBeNull()
    expect(readManifest({ bootVolumes: [] })).toBeNull()
  })
})
