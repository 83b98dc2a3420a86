/** The Debian package of each program that Berth may start, for the line that says how to get it. */
const packages: Readonly<Record<string, string>> = {
  ntfsresize: 'ntfs-3g',
  mkntfs: 'ntfs-3g',
  ntfscp: 'ntfs-3g',
  ntfscat: 'ntfs-3g',
  ntfsls: 'ntfs-3g',
  ntfscluster: 'ntfs-3g',
  ntfsinfo: 'ntfs-3g',
  dumpe2fs: 'e2fsprogs',
  ntfsfix: 'ntfs-3g',
  ntfslabel: 'ntfs-3g',
  e2fsck: 'e2fsprogs',
  resize2fs: 'e2fsprogs',
  mke2fs: 'e2fsprogs',
  debugfs: 'e2fsprogs',
  'mkfs.vfat': 'dosfstools',
  'fsck.vfat': 'dosfstools',
  mcopy: 'mtools',
  mdir: 'mtools',
  mmd: 'mtools',
  sgdisk: 'gdisk',
  sfdisk: 'fdisk',
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-img': 'qemu-utils',
  objcopy: 'binutils',
  cpio: 'cpio',
  'dpkg-deb': 'dpkg',
  gpgv: 'gpgv',
  'apt-get': 'apt',
  xz: 'xz-utils',
  sbverify: 'sbsigntool',
  sbsign: 'sbsigntool',
  osslsigncode: 'osslsigncode',
  efibootmgr: 'efibootmgr',
}

/** The package that has `program`; its own name when Berth does not know better. */
export function packageOf(program: string): string {
  return packages[program] ?? program
}
