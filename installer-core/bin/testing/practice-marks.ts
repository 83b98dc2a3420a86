import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What changes as soon as anything is written to the PC. */
export function marksOf(path: string): string {
  return ['disk0.img', 'firmware.fd'].map((name) => statSync(join(path, name)).mtimeMs).join(' ')
}

/** Writes into a PC's description what must never leave it, and a name that tries to command the terminal. */
export function plantPersonal(path: string): void {
  const file = join(path, 'pc.json')
  const description = JSON.parse(readFileSync(file, 'utf8')) as {
    name: string
    disks: { serial: string; model: string }[]
  }
  const [disk] = description.disks
  if (disk === undefined) throw new Error('a PC without a disk')
  disk.serial = 'S3R1AL-77'
  disk.model = 'Disk of 02:aa:bb:cc:dd:ee'
  description.name = '/home/erika-muster/pc \u202e\u001b[31mred'
  writeFileSync(file, JSON.stringify(description))
}
