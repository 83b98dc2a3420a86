import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GiB } from '../../installer-core/base/bytes.ts'
import type { GuestDisk } from '../../installer-core/practice/qemu/qemu-arguments.ts'
import { makePayload } from './guest-payload.ts'
import { LinuxGuest, type GuestDesign } from './linux-guest.ts'

/** A folder for one test file, with what its guests get from outside. */
export class GuestCase {
  readonly folder = mkdtempSync(join(tmpdir(), 'berth-linux-'))
  #payload: Promise<string> | null = null
  #count = 0
  readonly #stage: boolean

  /** With `stage`, guests find the offline stage beside the rest. */
  constructor({ stage = false }: { readonly stage?: boolean } = {}) {
    this.#stage = stage
  }

  /** A guest of its own; `more` are disks that are only plugged in. */
  async guest(design: GuestDesign, more: readonly GuestDisk[] = []): Promise<LinuxGuest> {
    this.#payload ??= makePayload(this.folder, { stage: this.#stage })
    const file = await this.#payload
    const payload = { file, bus: 'virtio', sectorSize: 512, serial: 'PAYLOAD', throwAway: true } as const
    return LinuxGuest.make(join(this.folder, `guest-${(this.#count += 1)}`), design, [payload, ...more])
  }

  /** An empty disk of 1 GiB. */
  blank(serial: string, bus: GuestDisk['bus'], sectorSize: 512 | 4096): GuestDisk {
    const file = join(this.folder, `${serial}.img`)
    writeFileSync(file, '')
    truncateSync(file, GiB)
    return { file, bus, sectorSize, serial }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
