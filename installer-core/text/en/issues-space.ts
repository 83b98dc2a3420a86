import type { IssueText } from '../locale.ts'

/** Findings about room: boot volumes, gaps, volumes that could give some. */
export const spaceIssues = {
  'space-none': {
    title: 'There is no room for the new system',
    message:
      'It needs {required|bytes}. The largest place that can be used has {found|bytes}. The other findings say why each place is out of the question; removing one of them is enough.',
    remedy:
      'The safest way: in Windows, open "Disk Management", choose "Shrink Volume" on drive C:, and leave the new room unassigned. Where there is no Windows: start a Linux from a USB stick, make a partition smaller there (with GParted, for instance), and leave the new room unassigned. Berth will use it.',
  },
  'boot-space-below-need': {
    title: 'The chosen boot space is too small for this release',
    message: 'Needed: {required|bytes}, for two versions of the system and a reserve. Chosen: {found|bytes}.',
    remedy: 'Choose at least as much as is needed, or leave the choice to Berth.',
  },
  'boot-space-raised': {
    title: 'The boot partition becomes larger than chosen',
    message:
      'This disk has sectors of {sectorSize} bytes, where the file system FAT32 cannot be smaller. Chosen: {found|bytes}. Planned: {required|bytes}.',
    remedy: 'Nothing to do, if that is fine with you.',
  },
  'boot-space-reduced': {
    title: 'The boot partition becomes smaller than usual',
    message:
      'Wished for: {required|bytes}. There is room for {found|bytes}, which is enough for two versions of the system.',
    remedy: 'Nothing to do, if that is fine with you. To have more, make more room first.',
  },
  'boot-space-unavailable': {
    title: 'There is no room for that much boot space',
    message: 'Asked for: {required|bytes}. The largest place that can be used has {found|bytes}.',
    remedy:
      'Ask for less, choose another disk, or make room: in Windows, "Disk Management" and "Shrink Volume".',
  },
  'data-space-below-minimum': {
    title: 'The chosen data space is too small for this release',
    message: 'Needed: {required|bytes}. Chosen: {found|bytes}.',
    remedy: 'Choose at least as much as is needed.',
  },
  'data-space-reduced': {
    title: 'The data partition becomes smaller than recommended',
    message: 'Recommended: {required|bytes}. There is room for {found|bytes}.',
    remedy: 'Nothing to do, if that is fine with you. To have more, make more room first.',
  },
  'gap-too-small': {
    title: 'A free gap is too small',
    message: 'Needed: {required|bytes}. This gap has {found|bytes}.',
    remedy: 'Make it larger, or choose another place.',
  },
  'esp-missing': {
    title: 'This disk has no EFI system partition',
    message:
      'The EFI system partition (ESP) is where firmware looks for systems to start. {disk} has none, so the new boot partition becomes one.',
    remedy: 'Nothing to do.',
  },
  'esp-unknown': {
    title: 'There is no EFI system partition to use',
    message: 'None was found on the built-in disks that may be used.',
    remedy: 'Choose another place for the boot space.',
  },
  'esp-several': {
    title: 'There are several EFI system partitions',
    message:
      '{disk} has {count} of them. Berth uses {partition}[; the present system starts from {present}].',
    remedy: 'To use another one, name it as the place for the boot space.',
  },
  'esp-too-small': {
    title: 'The EFI system partition has too little room',
    message:
      'Needed: {required|bytes}, for two versions of the system and a reserve for firmware updates. Free on {volume}: {found|bytes}. Berth never formats, grows or moves this partition.',
    remedy:
      'Usually nothing has to be done: Berth makes a boot partition of its own beside it. Only where there is no room for one either, make some as the other findings say.',
  },
  'esp-fat16': {
    title: 'The EFI system partition has an old file system',
    message: 'It is {found} instead of {required}. That works on most PCs. Berth never formats it anew.',
    remedy: 'If the trial does not start, remove the system and choose a boot partition of its own.',
  },
  'esp-not-fat': {
    title: 'The EFI system partition cannot be read by firmware',
    message: '{volume} holds {found}. Firmware reads only FAT.',
    remedy: 'Choose another place for the boot space.',
  },
  'esp-dirty': {
    title: 'The EFI system partition was not closed properly',
    message: '{volume} is marked as in need of a check.',
    remedy:
      'In Windows, as administrator: "mountvol S: /s", then "chkdsk S: /f". On Linux: "fsck.vfat -a" on it. Then come back, or choose a boot partition of its own.',
  },
  'esp-unreadable': {
    title: 'The files on a boot volume could not be listed',
    message: 'What lies on {volume} is not known completely, so nothing is written there.',
    remedy: 'Start Berth as administrator or root, or choose a boot partition of its own.',
  },
  'esp-mirrored': {
    title: 'The EFI system partition is part of a mirror',
    message:
      '{volume} is one of several disks that are kept alike. A change to one of them would break the mirror.',
    remedy: 'Choose another place for the boot space.',
  },
  'xbootldr-missing': {
    title: 'There is no extended boot partition',
    message: 'No partition of the type XBOOTLDR (an extended boot loader partition) was found.',
    remedy: 'Leave the choice to Berth: it makes one when one is needed.',
  },
  'xbootldr-too-small': {
    title: 'The extended boot partition has too little room',
    message: 'Needed: {required|bytes}. Free on {volume}: {found|bytes}.',
    remedy: 'Delete kernels you do not need any more in the system they belong to, or choose another place.',
  },
  'xbootldr-not-fat': {
    title: 'The extended boot partition cannot be read by firmware',
    message:
      '{volume} holds {found}. Firmware reads only FAT, so the present system must be using it in another way. Berth leaves it alone.',
    remedy: 'Choose another place for the boot space.',
  },
  'boot-partition-as-esp': {
    title: 'The boot partition becomes a second EFI system partition',
    message:
      '{disk} already has an extended boot partition (XBOOTLDR) of another system, and there should be only one on a disk.',
    remedy: 'Nothing to do.',
  },
  'boot-file-in-the-way': {
    title: 'A file of somebody else is in the way',
    message: '{file} is already on {volume}. Berth never overwrites what it did not make.',
    remedy: 'Move that file away if you know what it is, or choose a boot partition of its own.',
  },
  'release-file-too-large': {
    title: 'A file of the release is too large for this file system',
    message: '{file} has {found|bytes}. {volume} takes at most {required|bytes} in one file.',
    remedy: 'Use another release, or another place for the boot space.',
  },
  'volume-not-shrinkable': {
    title: '{volume} cannot be made smaller',
    message: "It holds {fileSystem} or is needed by the PC's maker, so that Berth leaves it alone.",
    remedy: 'Choose another place for the boot space.',
  },
  'volume-shrink-limit': {
    title: '{volume} cannot give enough room',
    message: 'Needed: {required|bytes}. It can give {found|bytes}.',
    remedy: 'Delete or move files there, take less, or choose another disk.',
  },
  'volume-shrink-limit-unknown': {
    title: 'It is not known how much room {volume} can give',
    message: 'Neither its limit nor its free room could be read.',
    remedy: 'Make room in the system it belongs to: in Windows, "Disk Management" and "Shrink Volume".',
  },
  'volume-hibernated': {
    title: 'A sleeping system is kept on {volume}',
    message:
      'Windows was not shut down completely: hibernation or Fast Startup keeps its memory there. Changing the volume now would destroy open work.',
    remedy:
      'Start Windows and choose Restart, not Shut down. To keep it from happening again, run "powercfg /h off" as administrator.',
  },
  'volume-dirty': {
    title: '{volume} has to be checked first',
    message: 'Its file system ({fileSystem}) is marked as in need of a check by its own system.',
    remedy:
      'In Windows, as administrator: "chkdsk /f" on it, then restart. On Linux: "fsck" while it is not in use.',
  },
  'volume-in-use': {
    title: '{volume} cannot be made smaller right now',
    message:
      'Its file system ({fileSystem}) does not allow it in its present state[ (in use by {usedBy})]. Needed: {required|bytes}.[ It has room to give: {found|bytes}.][ So {missing|bytes} would be missing even then.]',
    remedy:
      'On Linux, end its use ("umount", as root) and come back; btrfs is the other way round and has to be mounted. Or make room in the system it belongs to, or choose another place.',
  },
  'stage-no-space': {
    title: '{volume} is too full for the restart that makes room',
    message:
      'Berth puts a small system there that makes the other volume smaller, with room for what has to be moved: {required|bytes} in all. {found|bytes} are free.',
    remedy:
      'Wish for less room: then less has to be moved, and less is needed there. Or free some on {volume}: what the present system keeps there for starting older versions of itself can often go, by its own tools.',
  },
  'volume-needed-at-start': {
    title: 'This Linux needs {volume} to start',
    message:
      'Changing the size of an NTFS volume from outside Windows leaves it marked for a check by Windows. Until that check Linux may refuse to mount it, and /etc/fstab says that this Linux does not start without it.',
    remedy:
      'As root, add "nofail" to the options of {volume} in /etc/fstab, and come back: then Linux starts without it as long as it has to. Or make {volume} smaller in Windows, with Disk Management.',
  },
  'volume-holds-root': {
    title: 'The running system is on {volume}',
    message:
      'Needed: {required|bytes}.[ It has room to give: {found|bytes}.] But a file system of the kind {fileSystem} becomes smaller only while nobody uses it, and the system that is running now uses it: it takes a start of its own.[ Even then {missing|bytes} would be missing: delete or move files first.]',
    remedy:
      'Keep a copy of your files elsewhere. Berth can make it smaller by {required|bytes} or more with one restart ("berth make-room {where}"), which is shown first and can be taken back. Or start a Linux from a USB stick, make this partition smaller there (with GParted, for instance), and leave the new room unassigned. Come back afterwards: Berth will use that room.',
  },
  'volume-managed': {
    title: '{volume} belongs to {manager}',
    message:
      'Needed: {required|bytes}. This partition has {found|bytes}, and {manager} alone decides how they are used. Berth changes nothing below it.',
    remedy:
      'With the tools of {manager}, make first what is inside smaller and then this partition, by {required|bytes} or more, and leave the new room unassigned: Berth will use it. Or choose another disk.',
  },
  'volume-tight-after': {
    title: '{volume} will be nearly full',
    message: 'Afterwards {found|bytes} stay free there; {required|bytes} or more would be comfortable.',
    remedy: 'Take less room, or delete files first.',
  },
  'bitlocker-shrink': {
    title: '{volume} is encrypted with BitLocker',
    message: 'An encrypted volume can be made smaller only by Windows itself. Berth does not touch it.',
    remedy:
      'In Windows, open "Disk Management", choose "Shrink Volume" on it, and leave the new room unassigned. Then come back: Berth will use it.',
  },
} as const satisfies Record<string, IssueText>
