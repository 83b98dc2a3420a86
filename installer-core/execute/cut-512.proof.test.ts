import { cutSuite } from './testing/cut-suite.ts'

cutSuite('cuts-512', [
  {
    name: 'a big ESP',
    where: 'esp',
    room: 0,
    listInOrder: true,
    credentials: true,
    shape: { sectorSize: 512, disk: 60, esp: 40, ntfs: 8, store: 'OVMF_VARS.fd' },
  },
  {
    name: 'an XBOOTLDR in a gap',
    where: 'gap',
    room: 36,
    listInOrder: false,
    shape: { sectorSize: 512, disk: 64, esp: 10, ntfs: 8, store: 'OVMF_VARS_4M.fd' },
  },
  {
    name: 'an XBOOTLDR from a shrunk NTFS',
    where: 'shrink',
    room: 36,
    listInOrder: false,
    shape: { sectorSize: 512, disk: 80, esp: 10, ntfs: 60, store: 'OVMF_VARS.fd' },
  },
])
