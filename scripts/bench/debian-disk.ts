import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../e2e/boot/run-tool.ts'
import { MiB } from '../../installer-core/base/bytes.ts'

/** A Debian's files, and the disk that they go onto. */
interface DebianDisk {
  /** Its root, as a folder. */
  readonly root: string
  /** The disk image to write. */
  readonly image: string
  /** Room for what is needed meanwhile. */
  readonly work: string
  readonly diskBytes: number
  readonly espBytes: number
  /** Of the kernel. */
  readonly commandLine: string
}

const rootId = '5f0c1c9e-3d35-4c0a-9a55-0c9d7a2f6b11'
const espId = 'BE27D15C'

interface Place {
  readonly offset: number
  readonly size: number
}

/**
 * Writes a disk with an ESP and an ext4 root, and what Debian's installer leaves on them to start by: shim and its signed GRUB.
 * The menu here is for the first start: Debian's own script, `update-grub`, needs a running system to make its own.
 */
export function makeBootable({ root, image, work, diskBytes, espBytes, commandLine }: DebianDisk): void {
  const esp = { offset: MiB, size: espBytes }
  const system = { offset: MiB + espBytes, size: diskBytes - espBytes - 2 * MiB }
  const fstab = [
    `UUID=${rootId} / ext4 errors=remount-ro 0 1`,
    'UUID=BE27-D15C /boot/efi vfat umask=0077,x-systemd.device-timeout=1h 0 1',
  ]
  writeFileSync(join(root, 'etc/fstab'), `${fstab.join('\n')}\n`)
  mkdirSync(join(root, 'boot/efi'), { recursive: true })
  mkdirSync(join(root, 'boot/grub/fonts'), { recursive: true })
  const grub = join(root, 'boot/grub')
  cpSync(join(root, 'usr/lib/grub/x86_64-efi'), join(grub, 'x86_64-efi'), { recursive: true })
  cpSync(join(root, 'usr/share/grub/unicode.pf2'), join(grub, 'fonts/unicode.pf2'))
  const start = [`linux /vmlinuz root=UUID=${rootId} ro ${commandLine}`, 'initrd /initrd.img', 'boot']
  writeFileSync(join(grub, 'grub.cfg'), `${start.join('\n')}\n`)
  run('truncate', ['-s', String(diskBytes), image])
  const range = ({ offset, size }: Place) => `${offset / 512}:${(offset + size) / 512 - 1}`
  run('sgdisk', ['-n', `1:${range(esp)}`, '-t', '1:ef00', '-n', `2:${range(system)}`, '-t', '2:8304', image])
  fillEsp(root, work, { image, ...esp })
  onDevice(image, system, (device) => {
    run('mke2fs', ['-q', '-t', 'ext4', '-U', rootId, '-d', root, device])
  })
}

/** Firmware finds shim by itself where no boot entry names it; Debian's GRUB looks for its root by what it finds beside. */
function fillEsp(
  root: string,
  work: string,
  { image, offset, size }: Place & { readonly image: string },
): void {
  const volume = join(work, 'esp.img')
  run('truncate', ['-s', String(size), volume])
  run('mkfs.vfat', ['-F', '32', '-i', espId, volume])
  const menu = join(work, 'grub.cfg')
  const lines = [
    `search.fs_uuid ${rootId} root`,
    "set prefix=($root)'/boot/grub'",
    'configfile $prefix/grub.cfg',
  ]
  writeFileSync(menu, `${lines.join('\n')}\n`)
  const files = {
    'EFI/BOOT/BOOTX64.EFI': join(root, 'usr/lib/shim/shimx64.efi.signed'),
    'EFI/BOOT/grubx64.efi': join(root, 'usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed'),
    'EFI/debian/grub.cfg': menu,
  }
  run('mmd', ['-i', volume, '::/EFI', '::/EFI/BOOT', '::/EFI/debian'])
  for (const [to, from] of Object.entries(files)) run('mcopy', ['-i', volume, from, `::/${to}`])
  run('dd', [
    `if=${volume}`,
    `of=${image}`,
    'bs=1M',
    `seek=${offset / MiB}`,
    'conv=notrunc,sparse',
    'status=none',
  ])
  rmSync(volume)
}

function onDevice(image: string, { offset, size }: Place, use: (device: string) => void): void {
  const range = ['--offset', String(offset), '--sizelimit', String(size)]
  const device = run('losetup', ['--find', '--show', ...range, image]).trim()
  try {
    use(device)
  } finally {
    run('losetup', ['--detach', device])
  }
}
