import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where removable media are mounted, by Linux' desktops and by hand. */
const mountRoots = ['/media/', '/run/media/', '/mnt/']
/** The folder on a stick that holds a catalogue; the stick itself may, too. */
const names = ['berth-catalogue', '']

/** The folders on mounted removable media that hold a catalogue. `mounts` is the text of `/proc/self/mounts`. */
export function findSticks(mounts = readMounts()): readonly string[] {
  const places = process.platform === 'win32' ? driveLetters() : mountPoints(mounts)
  return places
    .flatMap((place) => names.map((name) => join(place, name)))
    .filter((folder) => existsSync(join(folder, 'timestamp.json')))
}

/** Fields are separated by blanks; a blank in a path is written `\040` (proc(5), getmntent(3)). */
function mountPoints(mounts: string): readonly string[] {
  return mounts
    .split('\n')
    .flatMap((line) => line.split(' ')[1] ?? [])
    .map((path) => path.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8))))
    .filter((path) => mountRoots.some((root) => `${path}/`.startsWith(root)))
}

function driveLetters(): readonly string[] {
  return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`)
}

function readMounts(): string {
  return existsSync('/proc/self/mounts') ? readFileSync('/proc/self/mounts', 'utf8') : ''
}
