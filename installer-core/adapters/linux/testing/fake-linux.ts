import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { LinuxPlaces } from '../linux-places.ts'

/** A folder that stands for the running system, filled file by file. A device file in it is a plain file: number 0:0. */
export interface FakeLinux {
  readonly places: LinuxPlaces
  readonly folder: string
  /** Writes files, by their paths below the folder. */
  put(files: Readonly<Record<string, string | Uint8Array>>): void
  link(path: string, target: string): void
}

export function fakeLinux(): FakeLinux {
  const folder = mkdtempSync(join(tmpdir(), 'berth-fake-linux-'))
  const place = (name: string) => join(folder, name)
  const put: FakeLinux['put'] = (files) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(place(path)), { recursive: true })
      writeFileSync(place(path), content)
    }
  }
  put({ 'proc/self/mountinfo': '', 'proc/swaps': 'Filename\n' })
  return {
    places: linuxIn(folder),
    folder,
    put,
    link(path, target) {
      mkdirSync(dirname(place(path)), { recursive: true })
      symlinkSync(target, place(path))
    },
  }
}

/** The places of a Linux that a folder stands for. */
export function linuxIn(folder: string): LinuxPlaces {
  const place = (name: string) => join(folder, name)
  return {
    sys: place('sys'),
    proc: place('proc'),
    dev: place('dev'),
    etc: place('etc'),
    run: place('run'),
    lib: place('lib'),
    state: place('state'),
  }
}

/** A disk in sysfs. Sizes and starts in bytes; sysfs itself counts in 512. */
export interface FakeDisk {
  readonly name: string
  readonly sectorSize?: 512 | 4096
  readonly size: number
  /** Where it is plugged in, below `/sys/devices`. */
  readonly bus: string
  readonly partitions?: readonly { readonly name: string; readonly start: number; readonly size: number }[]
}

/** Puts a disk into sysfs as the kernel shows it: a link in `block` to a folder below the bus. */
export function addDisk(linux: FakeLinux, disk: FakeDisk): string {
  const folder = `sys/devices/${disk.bus}/block/${disk.name}`
  linux.put({
    [`${folder}/dev`]: '0:0\n',
    [`${folder}/size`]: `${disk.size / 512}\n`,
    [`${folder}/queue/logical_block_size`]: `${disk.sectorSize ?? 512}\n`,
    [`${folder}/removable`]: '0\n',
    [`${folder}/device/model`]: 'Fake Disk       \n',
  })
  disk.partitions?.forEach(({ name, start, size }, index) =>
    linux.put({
      [`${folder}/${name}/dev`]: '0:0\n',
      [`${folder}/${name}/partition`]: `${index + 1}\n`,
      [`${folder}/${name}/start`]: `${start / 512}\n`,
      [`${folder}/${name}/size`]: `${size / 512}\n`,
    }),
  )
  linux.link(`sys/block/${disk.name}`, join(linux.folder, folder))
  return folder
}
