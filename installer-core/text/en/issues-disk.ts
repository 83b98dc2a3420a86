import type { IssueText } from '../locale.ts'

/** Findings about disks, their partition tables and their identities. */
export const diskIssues = {
  'disk-none': {
    title: 'No disk was found',
    message: 'There is no built-in disk to put the new system on.',
    remedy:
      'If the PC has one, its controller may hide it (RST or VMD mode), or Berth may need administrator rights to see it.',
  },
  'disk-not-found': {
    title: 'The chosen disk is not there',
    message: 'No disk has the identity {disk}.',
    remedy: 'Look at the disks ("berth probe") and choose one of those.',
  },
  'disk-removable': {
    title: 'This disk can be pulled out',
    message:
      '{disk} is removable or sits on USB. A system there would be gone when it is, so Berth leaves it alone.',
    remedy: 'Choose a built-in disk.',
  },
  'disk-duplicate': {
    title: 'Two disks carry the same identity',
    message:
      'The disk GUID {where} is there twice; one disk is probably a copy of the other. Nobody can tell which is meant, so nothing is written to either.',
    remedy:
      'Take the copy out of the PC, or give it new identities (on Linux "sgdisk --randomize-guids" on the copy). Then come back.',
  },
  'partition-duplicate': {
    title: 'Two partitions carry the same identity',
    message:
      'The partition GUID {partition} is there twice, probably because a disk was copied. Nobody can tell which is meant, so nothing is written.',
    remedy:
      'Take the copy out of the PC, or give the copy new identities (on Linux "sgdisk --randomize-guids"). Then come back.',
  },
  'disk-mbr': {
    title: 'This disk has an old partition table',
    message: '{disk} has an MBR partition table. UEFI boot entries need a GPT one, the newer kind.',
    remedy:
      'Choose another disk that has a GPT. Windows can convert its own disk with "mbr2gpt"; save your files before you do that.',
  },
  'disk-hybrid-mbr': {
    title: 'This disk has two partition tables that can disagree',
    message: '{disk} has a hybrid MBR beside its GPT. A change to one would make the other one wrong.',
    remedy:
      'Choose another disk. If nothing needs the hybrid table any more, a partitioning tool can make it an ordinary protective one.',
  },
  'disk-no-table': {
    title: 'This disk has no partition table',
    message:
      '{disk} is empty or used as a whole. Berth does not make partition tables, because that would hide whatever lies there.',
    remedy: 'Choose another disk, or make a GPT on it yourself when you are sure that it is empty.',
  },
  'disk-table-unreadable': {
    title: 'The partition table cannot be read',
    message: '{disk}: {reason}.',
    remedy: 'Check the disk and its cable. Nothing was changed.',
  },
  'disk-table-damaged': {
    title: 'The partition table is damaged',
    message:
      '{disk} keeps its partition table twice, at its beginning and at its end, and they are not as they should be: {problems}. Berth neither edits such a table nor repairs it in silence.',
    remedy:
      'Save your files first. Then let a partitioning tool look at it: "gdisk" on Linux shows both copies (command v) and can rebuild one from the other.',
  },
  'disk-protective-mbr-missing': {
    title: "The disk's first sector does not protect its partition table",
    message:
      '{disk} has a GPT, but no protective entry in its first sector. Other programs may take the disk for empty.',
    remedy: 'A partitioning tool can write it again ("gdisk", command w, writes all parts). Then come back.',
  },
  'disk-overlap': {
    title: 'Two partitions overlap',
    message: 'On {disk}, partition {partition} reaches into the next one.',
    remedy: 'Save your files and have the disk looked at before anything is changed on it.',
  },
  'disk-ldm': {
    title: 'This is a dynamic disk of Windows',
    message:
      '{disk} is managed by Windows as a dynamic disk (LDM). Its volumes must not be changed from outside.',
    remedy: 'Choose another, basic disk.',
  },
  'disk-other-chosen': {
    title: 'The new system goes onto another disk',
    message: 'The present system starts from {own}, which cannot be used. {disk} is used instead.',
    remedy: 'If you do not want that, choose the disk yourself (--disk).',
  },
  'disk-slots-full': {
    title: 'The partition table is full',
    message: '{disk} has no free slot: all {slots} are taken.',
    remedy: 'Choose another disk.',
  },
  'partition-not-found': {
    title: 'The chosen partition is not there',
    message: 'No partition has the identity {partition} on the chosen disk.',
    remedy: 'Look at the partitions ("berth probe") and choose one of those.',
  },
  'storage-hidden': {
    title: 'The new system would not see the disks',
    message:
      "The disks are behind Intel's {found} mode (RST or VMD), which hides them from Linux. Required: {required}.",
    remedy:
      "The mode is changed in the firmware setup, but Windows has to be prepared for it first or it will not start any more. Follow the PC maker's instructions. Berth never changes it.",
  },
} as const satisfies Record<string, IssueText>
