import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { MiB } from '../../installer-core/base/bytes.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import type { Guid } from '../../installer-core/base/guid.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import { buildPc } from '../../installer-core/practice/build/build-pc.ts'
import type { PartitionDesign, PcDesign } from '../../installer-core/practice/build/pc-design.ts'
import { chooseAccelerator } from '../../installer-core/practice/qemu/accelerator.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import type { DiskBus, GuestDisk } from '../../installer-core/practice/qemu/qemu-arguments.ts'
import type { RunningPc } from '../../installer-core/practice/qemu/running-pc.ts'
import { startPc } from '../../installer-core/practice/qemu/start-pc.ts'
import { takeSnapshot, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { bootVariables } from '../../installer-core/practice/templates/boot-variables.ts'
import { identitiesOf } from '../../installer-core/practice/templates/seeded-guid.ts'
import { run } from '../boot/run-tool.ts'
import { guestRootBytes, type GuestRootKind } from './guest-recipe.ts'
import { makeGuestRoot, makeGuestUki } from './guest-root.ts'
import { designPlace } from './design-place.ts'

/** How a guest's PC is built. */
export interface GuestDesign {
  readonly bus: DiskBus
  readonly sectorSize: 512 | 4096
  readonly espBytes: number
  readonly diskBytes: number
  /** What the root lies on; ext4 when absent. */
  readonly root?: GuestRootKind
  /** Length of the root's partition; as long as its file system when absent, and to the end of the disk for `rest`. */
  readonly rootPartition?: 'rest'
  /** A third partition to the end of the disk, for the guest to use. */
  readonly third?: Guid
}

/** One start of a guest: what it printed, and how it ended. */
export interface GuestStart {
  readonly lines: readonly string[]
  readonly end: string
}

/** How a start is watched from outside. */
export interface GuestWatch {
  /** A port that leads into the guest. */
  readonly reach?: number
  readonly onLine?: (line: string) => void
}

const startMs = 1_000_000
const identities = identitiesOf('linux-guest')
const fileName = 'disk0.img'
/** A guest's own files that change by themselves while it runs. */
const restless = /^\/(ends$|(var|etc|run|tmp|root|lost\+found)(\/|$))/

/** A PC with a Debian of its own on it, in a folder that is a practice PC's as well: so it can be looked at from outside. */
export class LinuxGuest {
  readonly folder: string
  readonly #design: PcDesign
  readonly #more: readonly GuestDisk[]

  private constructor(folder: string, design: PcDesign, more: readonly GuestDisk[]) {
    this.folder = folder
    this.#design = design
    this.#more = more
  }

  /** Makes the PC; `more` are disks that are only plugged in. */
  static async make(
    folder: string,
    wanted: GuestDesign,
    more: readonly GuestDisk[] = [],
  ): Promise<LinuxGuest> {
    const guest = await makeGuestRoot()
    mkdirSync(folder, { recursive: true })
    const uki = join(folder, '..', 'guest.efi')
    writeFileSync(uki, makeGuestUki(guest, identities.guid('root')))
    const design = designOf(wanted, uki)
    const pc = join(folder, 'pc')
    expectOk(await buildPc(pc, design, expectOk(findFirmware()).variables))
    const root = partitionsOf(wanted, uki)[1]
    if (root === undefined) throw new Error('no root partition')
    const seek = (root.start * wanted.sectorSize) / MiB
    const args = [
      `if=${guest.imageOf(wanted.root ?? 'ext4')}`,
      `of=${join(pc, fileName)}`,
      'bs=1M',
      `seek=${seek}`,
    ]
    run('dd', [...args, 'conv=sparse,notrunc', 'status=none'])
    return new LinuxGuest(pc, design, more)
  }

  /**
   * Starts the PC and waits until it switches itself off or restarts. Whichever system starts runs `script`: the Debian
   * with the functions of `functions.sh`, the minimal system after it has confirmed its trial.
   */
  async start(script: string, { reach, onLine }: GuestWatch = {}): Promise<GuestStart> {
    const file = join(this.folder, '..', 'script')
    const functions = readFileSync(join(import.meta.dirname, 'functions.sh'), 'utf8')
    writeFileSync(file, `${functions}\n${script}\n`)
    const firmware = expectOk(findFirmware())
    const [disk] = this.#design.disks
    if (disk === undefined) throw new Error('no disk')
    const { sectorSize, bus, serial } = disk
    const log = join(this.folder, '..', 'serial.log')
    const pc = expectOk(
      await startPc(
        {
          accelerator: await chooseAccelerator(firmware),
          firmwareCode: firmware.code,
          variables: join(this.folder, 'firmware.fd'),
          disks: [{ file: join(this.folder, fileName), sectorSize, bus, serial }, ...this.#more],
          memoryMiB: 1536,
          display: 'none',
          handOver: { script: file },
          ...(reach === undefined ? {} : { reach }),
        },
        ({ text }) => {
          appendFileSync(log, `${text}\n`)
          onLine?.(text)
        },
      ),
    )
    return watch(pc)
  }

  /** What the disk and the variables hold, read from outside; without what a running Debian changes by itself. */
  async snapshot(): Promise<PcSnapshot> {
    const { items } = expectOk(await takeSnapshot(this.folder))
    const root = identities.guid('root') as string
    const isRestless = (what: string) => what.startsWith(root) && restless.test(what.slice(root.length))
    return { items: items.filter(({ what }) => !isRestless(what)) }
  }
}

/** The JSON document that the guest printed for a step: `berth_json NAME {…}`. */
export function answer(start: GuestStart, name: string): Readonly<Record<string, unknown>> {
  const prefix = `berth_json ${name} `
  const line = start.lines.find((one) => one.startsWith(prefix))
  if (line === undefined) throw new Error(`no answer ${name} in:\n${start.lines.join('\n')}`)
  return JSON.parse(line.slice(prefix.length)) as Record<string, unknown>
}

/** The guest ran its script to the end without an error. */
export function expectDone(start: GuestStart): void {
  expect(start.lines, start.lines.join('\n')).toContain('Berth: script ended with 0')
}

/** The new system started, and not the Debian. */
export function expectBerth(start: GuestStart): void {
  const said = start.lines.filter((line) => line.startsWith('Berth: system minimal-'))
  expect(said, start.lines.join('\n')).toHaveLength(1)
}

async function watch(pc: RunningPc): Promise<GuestStart> {
  const timer = setTimeout(() => void pc.cutPower(), startMs)
  const { end } = await pc.ended
  clearTimeout(timer)
  return { lines: pc.lines.map(({ text }) => text), end }
}

function designOf(wanted: GuestDesign, uki: string): PcDesign {
  const partitions = partitionsOf(wanted, uki)
  const [esp] = partitions
  if (esp === undefined) throw new Error('no ESP')
  return {
    disks: [
      {
        file: fileName,
        size: wanted.diskBytes,
        sectorSize: wanted.sectorSize,
        bus: wanted.bus,
        model: 'Guest Disk',
        serial: 'GUEST0',
        removable: false,
        table: { kind: 'gpt', guid: identities.guid('disk'), partitions },
      },
    ],
    variables: bootVariables([{ description: 'debian', partition: esp, path: '/EFI/debian/debian.efi' }]),
    description: { name: 'Linux guest', running: { os: 'linux' } },
  }
}

function partitionsOf(wanted: GuestDesign, uki: string): readonly PartitionDesign[] {
  const { sectorSize, espBytes, diskBytes } = wanted
  const files = [{ path: '/EFI/debian/debian.efi', content: { kind: 'copy', from: uki } }] as const
  const rootStart = MiB + espBytes
  // The last MiB is the table's own.
  const end = diskBytes - MiB
  const rootBytes = wanted.rootPartition === 'rest' ? end - rootStart : guestRootBytes
  const place = designPlace(sectorSize)
  const esp: PartitionDesign = {
    ...place(1, 'EFI System Partition', MiB, espBytes),
    guid: identities.guid('esp'),
    typeGuid: partitionType.esp,
    contents: { kind: 'fat', type: 'fat32', label: 'ESP', volumeId: identities.hex('esp', 8), files },
  }
  const root: PartitionDesign = {
    ...place(2, 'root', rootStart, rootBytes),
    guid: identities.guid('root'),
    typeGuid: partitionType.linuxRootX64,
    contents: { kind: 'nothing' },
  }
  if (wanted.third === undefined) return [esp, root]
  const third: PartitionDesign = {
    ...place(3, 'third', rootStart + rootBytes, end - rootStart - rootBytes),
    guid: identities.guid('third'),
    typeGuid: wanted.third,
    contents: { kind: 'nothing' },
  }
  return [esp, root, third]
}
