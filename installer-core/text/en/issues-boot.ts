import type { IssueText } from '../locale.ts'

/** Findings about firmware, its variables and Secure Boot. */
export const bootIssues = {
  'firmware-bios': {
    title: 'This PC starts in the old BIOS way',
    message:
      'The present system was started in BIOS mode (also called legacy or CSM). Berth needs UEFI mode, the newer way in which a PC starts. Required: {required}, found: {found}.',
    remedy:
      'Nothing was changed. Windows can move itself to UEFI mode with its own tool "mbr2gpt", followed by a change in the firmware setup. Save your files before you do that. A PC without UEFI cannot be used.',
  },
  'firmware-bits-differ': {
    title: 'This firmware is of another kind',
    message: 'The release starts on {required}, but this PC has {found}.',
    remedy: 'Use a release made for this kind of firmware.',
  },
  'firmware-access-none': {
    title: 'The firmware settings cannot be reached',
    message:
      "The running system has no access to the firmware's variables, where boot entries are kept (found: {found}, required: {required}).",
    remedy:
      'Start the present system in UEFI mode without the options that switch this access off (on Linux "noefi" or "efi=noruntime"), then try again.',
  },
  'firmware-read-only': {
    title: 'The firmware settings can be read but not changed',
    message:
      'Without a new boot entry the new system could not be started. Access found: {found}, required: {required}.',
    remedy:
      'On Linux, as root: "mount -o remount,rw /sys/firmware/efi/efivars". Berth does not do this by itself.',
  },
  'firmware-store-full': {
    title: 'The firmware has no room for another boot entry',
    message:
      'The firmware keeps its settings in a small memory. Needed: {required|bytes}. Free: {found|bytes}. Nothing was written, neither there nor on the disk.',
    remedy:
      'Start the firmware setup once and leave it again: some firmware tidies up then. On Linux, old crash records (names that begin with "dump-type0-") may be deleted. Do not delete anything else there.',
  },
  'firmware-store-tight': {
    title: 'The firmware has little room left for settings',
    message: 'Needed: {required|bytes}. Free: {found|bytes}. That is enough, but not by much.',
    remedy: 'Nothing to do now. If the new entry does not stay, everything is taken back.',
  },
  'firmware-reverts-order': {
    title: 'This firmware may put its boot order back',
    message:
      'Firmware of this kind ({vendor}) is known to undo changes of the boot order at the next start ({quirk}).',
    remedy:
      'Nothing to do now. Berth looks at the next start. The other system can be chosen for a single start all the same ("berth switch").',
  },
  'firmware-drops-entries': {
    title: 'This firmware deletes boot entries whose file is missing',
    message:
      'Firmware of this kind ({vendor}) removes an entry when it cannot find its file ({quirk}). Berth writes the file first, then the entry.',
    remedy: 'Nothing to do now.',
  },
  'firmware-ignores-boot-next': {
    title: 'This firmware starts only what its order lists',
    message:
      'Firmware of this kind ({vendor}) ignores a one-time choice that its boot order does not list ({quirk}). For the trial the new system is listed at the very end; the present one stays first.',
    remedy: 'Nothing to do now.',
  },
  'firmware-wants-full-path': {
    title: 'This firmware may not find the new entry',
    message: 'Firmware of this kind ({vendor}) wants boot entries written in a longer form ({quirk}).',
    remedy:
      'If the trial does not start, the present system does, and everything can be taken away again ("berth undo").',
  },
  'firmware-order-locked': {
    title: 'This firmware always starts Windows first',
    message: 'Firmware of this kind ({vendor}) puts Windows first whatever the order says ({quirk}).',
    remedy: 'Choose the new system for the next start ("berth switch"), or in the boot menu of the firmware.',
  },
  'firmware-quirk': {
    title: 'This firmware wants new boot files marked as trusted',
    message:
      'Firmware of this kind ({vendor}) may start the new system only after its file was marked as trusted in the setup ({quirk}).',
    remedy:
      'If the trial does not start, open the firmware setup, mark the new file as trusted, and try once more.',
  },
  'firmware-forbids-writes': {
    title: 'This firmware must not be written to from here',
    message:
      'On firmware of this kind ({vendor}), writing a boot entry can stop the running system ({quirk}).',
    remedy: 'Use another PC. Nothing was changed.',
  },
  'boot-entry-unreadable': {
    title: 'A boot entry cannot be read',
    message: '{where} does not follow the format of boot entries: {reason}. It stays as it is.',
    remedy: 'Nothing to do. Its number is not used for anything else.',
  },
  'boot-next-taken': {
    title: 'Another system is already chosen for the next start',
    message: 'Somebody has set the next start to {found}. The trial takes its place; undo puts it back.',
    remedy: 'If a firmware or Windows update is waiting for a restart, restart first and come back.',
  },
  'room-waits': {
    title: 'A restart that makes room is prepared',
    message: 'The next start ({found}) makes room for an installation, and has not come about yet.',
    remedy:
      'Restart, and come back when the room is there; or take that restart back ("berth make-room --cancel").',
  },
  'boot-order-absent': {
    title: 'The firmware keeps no boot order',
    message:
      'The variable BootOrder is absent; the firmware decides by itself what starts. Berth leaves that so until you confirm the new system.',
    remedy: 'Nothing to do now.',
  },
  'boot-order-dangling': {
    title: 'The boot order speaks of entries that are not there',
    message: 'Listed, but missing: {found}. Firmware skips them, and Berth leaves them as they are.',
    remedy: 'Nothing to do.',
  },
  'secure-boot-unsigned': {
    title: 'Secure Boot would refuse the new system',
    message: 'Secure Boot lets only signed programs start. It is on, and {release} is not signed for it.',
    remedy:
      'Use a release that is signed for Secure Boot. Switching Secure Boot off in the firmware setup works too; with BitLocker on, suspend it in Windows first and have its recovery key at hand.',
  },
  'secure-boot-unknown-signer': {
    title: 'This firmware does not know who signed the new system',
    message: 'Secure Boot is on. {release} is signed by {required}, but this firmware trusts only: {found}.',
    remedy:
      'Use a release signed by somebody this firmware trusts, or install a firmware update that brings the missing certificate. Nothing was changed.',
  },
  'secure-boot-refused': {
    title: "This very program is on the firmware's list of refused ones",
    message: 'Secure Boot is on, and its list of revoked programs names the loader of {release} ({found}).',
    remedy: 'Use a newer release.',
  },
  'secure-boot-sbat-too-old': {
    title: 'The loader is older than this PC accepts',
    message:
      'Windows or another system has raised the lowest accepted generation of boot loaders (SBAT). Required: {required}. {release} has: {found}.',
    remedy: 'Use a newer release. Nothing was changed.',
  },
  'secure-boot-state-unknown': {
    title: 'It is not known whether Secure Boot is on',
    message: 'The new system is not signed, so it starts only when Secure Boot is off.',
    remedy:
      'Look in the firmware setup, or in Windows in "System Information" under "Secure Boot State". If it is on and the trial is refused, the present system starts as before.',
  },
  'secure-boot-setup-mode': {
    title: 'Secure Boot is not set up',
    message: "The firmware has no owner's key yet (setup mode) and starts everything.",
    remedy: 'Nothing to do now.',
  },
  'windows-entry-missing': {
    title: 'Windows has no boot entry that works',
    message:
      'Windows is on this PC, but no boot entry leads to its file ({found}). Windows could not be chosen for the next start then ("berth switch").',
    remedy: 'Start Windows once: it makes its entry again. Then come back.',
  },
  'windows-entry-elsewhere': {
    title: 'An entry called Windows Boot Manager starts something else',
    message: '{where} is called Windows Boot Manager, but starts {path}. Another system has taken its place.',
    remedy: 'Nothing to do now: Berth goes by files, not by names, and leaves the entry as it is.',
  },
  'windows-entries-several': {
    title: 'There are several entries for Windows',
    message:
      '{count} entries start Windows. Berth uses {where}: the one whose partition and file belong to the present Windows.',
    remedy: 'Nothing to do.',
  },
  'windows-not-first': {
    title: 'Windows is not first in the boot order',
    message: '{where} comes first. Berth leaves the order as it is.',
    remedy: 'Nothing to do.',
  },
} as const satisfies Record<string, IssueText>
