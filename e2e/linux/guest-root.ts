import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../installer-core/adapters/cache-folder.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { makeUki } from '../../installer-core/formats/pe/make-uki.ts'
import { withLock } from '../../installer-core/system/folder-lock.ts'
import { cookGuest, recipeName, type GuestRootKind } from './guest-recipe.ts'

/** A Debian for a guest: its root file system in an image, and what its UKI is made of. */
export interface GuestRoot {
  /** `guestRootBytes` long, sparse. */
  imageOf(kind: GuestRootKind): string
  readonly kernel: string
  readonly initrd: string
  readonly stub: string
  readonly kernelRelease: string
}

/**
 * The guest's Debian, made by mmdebstrap (as root, about two minutes) and kept in the cache under a name that its recipe
 * gives: another recipe is another guest.
 */
export async function makeGuestRoot(): Promise<GuestRoot> {
  const folder = join(cacheFolder(), 'guest', recipeName())
  await withLock(join(cacheFolder(), 'guest', 'lock'), async () => {
    if (!existsSync(folder)) await cookGuest(folder)
  })
  return {
    imageOf: (kind) => join(folder, `root.${kind}`),
    kernel: join(folder, 'kernel'),
    initrd: join(folder, 'initrd'),
    stub: join(folder, 'stub'),
    kernelRelease: readFileSync(join(folder, 'release'), 'utf8'),
  }
}

/** The guest as one file that firmware starts; `root` is the GUID of its root partition. */
export function makeGuestUki(guest: GuestRoot, root: string): Uint8Array {
  const text = (value: string) => new TextEncoder().encode(value)
  // Without the timer check: on a busy host Linux takes an emulated timer for a broken one, and stops.
  const commandLine = `root=PARTUUID=${root} rw console=ttyS0,115200 loglevel=4 systemd.show_status=no mitigations=off nokaslr cryptomgr.notests no_timer_check panic=10`
  const file = (path: string) => new Uint8Array(readFileSync(path))
  const uki = makeUki({
    stub: file(guest.stub),
    sections: [
      { name: '.osrel', data: text('ID=debian\nPRETTY_NAME="Debian GNU/Linux (guest)"\n') },
      { name: '.cmdline', data: text(commandLine) },
      { name: '.uname', data: text(guest.kernelRelease) },
      { name: '.initrd', data: file(guest.initrd) },
      { name: '.linux', data: file(guest.kernel) },
    ],
  })
  return expectOk(uki)
}
