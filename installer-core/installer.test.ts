import { beforeEach, describe, expect, it } from 'vitest'
import { bytes, MiB } from './base/bytes.ts'
import { partitionType } from './base/well-known.ts'
import { expectOk, fail, ok } from './base/result.ts'
import { nodeHasher } from './adapters/node-hasher.ts'
import { buildChoices, buildRelease } from './check/testing/machine-builder.ts'
import { fork, partsOf, type Change, type World } from './execute/testing/world.ts'
import { makeWorld, pattern } from './execute/testing/make-world.ts'
import { openOn } from './execute/testing/open-world.ts'
import { digest } from './execute/testing/firmware-rules.ts'
import { Installer } from './installer.ts'
import { manifestPath } from './model/manifest.ts'
import type { ReleaseFile } from './model/release.ts'
import type { RunEvent } from './model/report.ts'
import type { Platform } from './ports/platform.ts'
import type { OpenRelease } from './ports/release-source.ts'
import { sourceOf } from './steps/byte-sources.ts'
import { bootNextName, bootVariable, numbersToBytes } from './steps/variables.ts'

const pristine = makeWorld({ sectorSize: 512, disk: 304, esp: 300, ntfs: 0, store: 'OVMF_VARS.fd' })
const contents = { 'system.efi': pattern(21, 30_000), 'root.img': pattern(22, 50_000) }
const choices = buildChoices()

/** A release whose second file is `root`. */
function releaseWith(root: Buffer = contents['root.img'], practiceOnly = false): OpenRelease {
  const file = (source: keyof typeof contents, path: string): ReleaseFile => ({
    source,
    path,
    size: bytes(contents[source].length),
    sha256: digest(contents[source]),
  })
  const { needs } = buildRelease()
  const manifest = buildRelease({
    files: [
      file('system.efi', '/EFI/Berth/minimal-2026.11.1-x86_64.efi'),
      file('root.img', '/berth/root.img'),
    ],
    loader: '/EFI/Berth/minimal-2026.11.1-x86_64.efi',
    needs: { ...needs, bootSpace: bytes(4 * MiB) },
    practiceOnly,
  })
  return {
    manifest,
    sha256: '12'.repeat(32),
    signer: { name: 'test', practiceOnly: true },
    openFile: async ({ source }) => {
      const data = source === 'root.img' ? root : contents['system.efi']
      const inner = sourceOf(data)
      const same = data.equals(contents[source as keyof typeof contents])
      const atEnd = same ? ok(null) : fail('release-altered', { what: source })
      return ok({
        ...inner,
        next: async () => {
          const piece = await inner.next()
          return piece.ok && piece.value === null ? atEnd : piece
        },
      })
    },
  }
}

let world: World
let changes: Change[]
let installer: Installer
beforeEach(() => {
  world = fork(pristine)
  changes = []
  installer = installerOn(world)
})

let tick = 0
const clock = { now: () => new Date(1_795_000_000_000 + tick++).toISOString(), monotonic: () => tick++ }

function installerOn(one: World): Installer {
  const parts = partsOf(one, (change) => changes.push(change))
  return new Installer({
    platform: expectOk(openOn(parts)),
    journal: parts.journal,
    hasher: nodeHasher,
    clock,
    version: '0.0.0',
  })
}

async function install(release: OpenRelease, events: RunEvent[] = []) {
  const planned = expectOk(await installer.plan(choices, release))
  const fingerprint = planned.plan?.fingerprint ?? ''
  return installer.install(
    choices,
    release,
    { fingerprint, shown: planned.machine },
    { onEvent: (event) => events.push(event) },
  )
}

describe('install', () => {
  it('reads the whole release before the first write, and writes nothing when its last file is altered', async () => {
    const altered = Buffer.from(contents['root.img'])
    altered[altered.length - 1]! ^= 1
    const result = await install(releaseWith(altered))
    expect(result.ok ? result.value.outcome : result.failure.code).toBe('release-altered')
    expect(changes).toEqual([])
  })

  it('installs no other release than the one that the choices name', async () => {
    const named = (release: string) => installer.plan(buildChoices({ release }), releaseWith())
    expect((await named('minimal-2026.11.1-x86_64')).ok).toBe(true)
    expect(await named('minimal-2026.12.1-x86_64')).toMatchObject({ failure: { code: 'release-not-found' } })
  })

  it('tells how far that check is, in one numbering with the run', async () => {
    const events: RunEvent[] = []
    expect(expectOk(await install(releaseWith(), events)).outcome).toBe('installed')
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index))
    expect(events[0]).toMatchObject({ event: 'release-check', total: 80_000 })
    const checks = events.filter((event) => event.event === 'release-check')
    expect(checks.at(-1)).toMatchObject({ done: 80_000 })
  })

  it('treats what a practice key signed as for practice, whatever its manifest says', async () => {
    const planned = expectOk(await installer.plan(choices, releaseWith()))
    expect(planned.plan).not.toBeNull()
    const parts = partsOf(fork(world))
    const platform = expectOk(openOn(parts))
    const probe: Platform['probe'] = async (cancellation) => {
      const facts = expectOk(await platform.probe(cancellation))
      return ok({ ...facts, source: { ...facts.source, kind: 'windows' as const } })
    }
    const real = new Installer({
      platform: { probe } as Platform,
      journal: parts.journal,
      hasher: nodeHasher,
      clock: { now: () => '', monotonic: () => 0 },
      version: '0.0.0',
    })
    const { plan, issues } = expectOk(await real.plan(choices, releaseWith()))
    expect(plan).toBeNull()
    expect(issues.map((issue) => issue.id)).toContain('release-practice-only')
  })
})

describe('undo', () => {
  const installed = async () => {
    expect(expectOk(await install(releaseWith())).outcome).toBe('installed')
    return world
  }
  const undo = async () =>
    expectOk(await installer.undo(expectOk(await installer.planUndo()).plan!.fingerprint))

  it('works from the record on the boot volume when the journal is damaged, and frees the way for the next', async () => {
    await installed()
    const [run, data] = [...world.journal][0]!
    const damaged = Buffer.from(data)
    damaged[20]! ^= 1
    world.journal.set(run, damaged)
    const refused = await installer.plan(choices, releaseWith())
    expect(expectOk(refused).plan?.steps).toEqual([])
    const report = await undo()
    expect(report.outcome).toBe('undone')
    expect(report.steps.flatMap((step) => step.left)).toEqual([])
    expect(expectOk(await install(releaseWith())).outcome).toBe('installed')
  })

  it('goes by the record on the PC when another copy of Berth has installed anew since', async () => {
    const before = fork(pristine)
    await installed()
    const ownJournal = new Map(world.journal)
    world = { ...before, journal: new Map() }
    installer = installerOn(world)
    const other = releaseWith()
    const renamed = { ...other, manifest: { ...other.manifest, name: 'Another name' } }
    expect(expectOk(await install(renamed)).outcome).toBe('installed')
    world = { ...world, journal: ownJournal }
    installer = installerOn(world)
    const report = await undo()
    expect([report.outcome, report.failure]).toEqual(['undone', null])
    expect(report.steps.flatMap((step) => step.left)).toEqual([])
    expect(expectOk(await installer.machine()).firmware.bootEntries.map(({ number }) => number)).toEqual([0])
  })

  it('says byte for byte which files and entries of others it kept', async () => {
    await installed()
    const report = await undo()
    const codes = report.steps.flatMap((step) => step.evidence).map(({ code }) => code)
    expect(codes).toEqual(
      expect.arrayContaining(['table-identical', 'files-kept', 'entry-kept', 'order-kept']),
    )
  })
})

describe('staying', () => {
  /** The firmware moves Berth's entry to another number, and chooses it for the next start there. */
  async function moveEntry(to: number): Promise<void> {
    const { firmware } = expectOk(openOn(partsOf(world)))
    const entry = expectOk(await firmware.read(bootVariable(1)))
    if (entry === null) throw new Error('there is no entry of Berth')
    expectOk(await firmware.write(bootVariable(to), entry))
    expectOk(await firmware.delete(bootVariable(1)))
    expectOk(await firmware.write(bootNextName, { attributes: 7, data: numbersToBytes([to]) }))
  }

  it('knows its entry under another number, needs no repair for it, and takes it away all the same', async () => {
    const before = expectOk(await installer.machine())
    expect(expectOk(await install(releaseWith())).outcome).toBe('installed')
    await moveEntry(9)
    installer = installerOn(world)
    const status = expectOk(await installer.status())
    expect([status.state, status.entry, status.next?.entry, status.findings]).toEqual(['trial', 9, 9, []])
    expect(expectOk(await installer.planRepair(null)).plan?.steps).toEqual([])
    const undone = expectOk(await installer.undo(expectOk(await installer.planUndo()).plan!.fingerprint))
    expect([undone.outcome, undone.steps.flatMap((step) => step.left)]).toEqual(['undone', []])
    expect(expectOk(await installer.machine())).toEqual(before)
  })

  it('finds an installation by its journal when the record beside the system is gone, and writes it again', async () => {
    expect(expectOk(await install(releaseWith())).outcome).toBe('installed')
    const whole = expectOk(await installer.machine())
    const platform = expectOk(openOn(partsOf(world)))
    const [volume] = whole.bootVolumes.filter(({ manifest }) => manifest !== null)
    const tree = expectOk(await platform.openBootVolume(whole.disks[0]!.id, volume!.partition))
    expectOk(await tree.remove(manifestPath))
    expectOk(await tree.sync())
    expectOk(await tree.close())
    installer = installerOn(world)
    const lost = expectOk(await installer.status())
    expect([lost.state, lost.findings.map(({ id }) => id)]).toEqual(['damaged', ['berth-record-missing']])
    const { plan } = expectOk(await installer.planRepair(null))
    expect(expectOk(await installer.repair(null, plan!.fingerprint)).outcome).toBe('repaired')
    const sorted = ({ bootVolumes }: typeof whole) =>
      bootVolumes.map((one) => ({ ...one, files: [...one.files].sort((a, b) => (a.path < b.path ? -1 : 1)) }))
    const now = expectOk(await installer.machine())
    expect(sorted(now)).toEqual(sorted(whole))
    expect(now.firmware).toEqual(whole.firmware)
  })
})

it('leaves an open run behind when a step has a bug, lets go of the lock, and recovers from there', async () => {
  const before = expectOk(await installer.machine())
  const broken = { ...releaseWith(), openFile: crashAfter(releaseWith(), 2) }
  await expect(install(broken)).rejects.toThrow('a bug')
  expect(expectOk(await installer.status()).state).toBe('interrupted')
  expect((await install(releaseWith())).ok).toBe(false)
  expect(expectOk(await installer.recover()).outcome).toBe('rolled-back')
  expect(expectOk(await installer.machine())).toEqual(before)
})

/** Opens files like `release` until the given number of calls (those of the check included) has gone by. */
function crashAfter(release: OpenRelease, calls: number): OpenRelease['openFile'] {
  let opened = 0
  return (file) => {
    opened += 1
    if (opened > calls) throw new Error('a bug')
    return release.openFile(file)
  }
}

describe('a data partition', () => {
  it('is empty when it appears, whatever lay in that room before, and goes again', async () => {
    const roomy = makeWorld({ sectorSize: 512, disk: 344, esp: 300, ntfs: 0, store: 'OVMF_VARS.fd' })
    const platform = expectOk(openOn(partsOf(roomy)))
    installer = new Installer({
      platform,
      journal: partsOf(roomy).journal,
      hasher: nodeHasher,
      clock,
      version: '0.0.0',
    })
    const base = releaseWith()
    const data = {
      typeGuid: partitionType.linuxVar as string,
      minimum: bytes(8 * MiB),
      recommended: bytes(16 * MiB),
    }
    const release = { ...base, manifest: { ...base.manifest, needs: { ...base.manifest.needs, data } } }
    const before = expectOk(await installer.machine())
    const planned = expectOk(await installer.plan(choices, release))
    const step = planned.plan?.steps.find((one) => one.kind === 'create-partition' && one.role === 'data')
    if (step?.kind !== 'create-partition') throw new Error('no data partition was planned')
    const disk = expectOk(await platform.openDisk(step.disk, 'write'))
    const leftover = new Uint8Array(1 * MiB).fill(0xef)
    for (const end of [0, step.size - leftover.length])
      expectOk(await disk.write(bytes(step.start * 512 + end), leftover))
    const fingerprint = planned.plan?.fingerprint ?? ''
    const report = expectOk(await installer.install(choices, release, { fingerprint, shown: null }))
    expect(report.outcome, JSON.stringify(report.failure)).toBe('installed')
    for (const end of [0, step.size - leftover.length]) {
      const found = expectOk(await disk.read(bytes(step.start * 512 + end), bytes(leftover.length)))
      expect(found.every((byte) => byte === 0)).toBe(true)
    }
    expect(expectOk(await installer.undo(null)).outcome).toBe('undone')
    const after = expectOk(await installer.machine())
    expect(after.disks.map((one) => one.tableDigest)).toEqual(before.disks.map((one) => one.tableDigest))
  })
})
