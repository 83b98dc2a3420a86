import { cutSuite } from './testing/cut-suite.ts'

cutSuite('cuts-4kn', [
  {
    name: 'an XBOOTLDR in a gap, 4Kn',
    where: 'gap',
    room: 260,
    listInOrder: false,
    shape: { sectorSize: 4096, disk: 600, esp: 300, ntfs: 8, store: 'OVMF_VARS.fd' },
  },
  {
    name: 'an XBOOTLDR from a shrunk NTFS, 4Kn',
    where: 'shrink',
    room: 260,
    listInOrder: false,
    shape: { sectorSize: 4096, disk: 620, esp: 300, ntfs: 300, store: 'OVMF_VARS.fd' },
  },
])
