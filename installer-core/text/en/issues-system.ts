import type { IssueText } from '../locale.ts'

/** Findings about the PC, Windows, releases and Berth's own installations. */
export const systemIssues = {
  'cpu-architecture': {
    title: 'This release is for another kind of processor',
    message: 'Required: {required}. This PC has: {found}.',
    remedy: 'Use a release made for this processor.',
  },
  'memory-too-small': {
    title: 'This PC has too little memory',
    message: 'Needed: {required|bytes}. There is: {found|bytes}.',
    remedy: 'Use a smaller release, or add memory.',
  },
  'memory-below-recommended': {
    title: 'This PC has less memory than recommended',
    message:
      'Recommended: {required|bytes}. There is: {found|bytes}. The new system will start, but may be slow.',
    remedy: 'Nothing to do, if that is fine with you.',
  },
  'encryption-not-offered': {
    title: 'This system cannot encrypt your files',
    message: '{release} has no partition for data that it could encrypt, or does not know how to.',
    remedy: 'Choose another system, or go on without encryption.',
  },
  'encryption-needs-tpm': {
    title: 'This PC has no security chip that could keep the key',
    message: '{required} is needed to keep the key to your files.[ There is: {found}.]',
    remedy:
      'Choose encryption with a passphrase. If the PC has such a chip, switch it on in the firmware first (TPM, PTT or fTPM).',
  },
  'encryption-tpm-unknown': {
    title: 'Whether this PC can keep the key is not known',
    message:
      'There is a security chip (TPM), but the present system does not say which version. 2.0 is needed.',
    remedy: 'Nothing to do: if the chip cannot keep the key, the new system asks for a passphrase instead.',
  },
  'encryption-by-passphrase': {
    title: 'Your files in the new system will be encrypted with a passphrase',
    message:
      'The new system asks for a new passphrase at its first start, and for that passphrase at every start. The files of the present system stay as they are.',
    remedy:
      'Write the passphrase down. Without it your files in the new system are lost; nobody can get them back.',
  },
  'encryption-by-tpm': {
    title: 'Your files in the new system will be encrypted with a key that this PC keeps',
    message:
      'The security chip of the PC (TPM) gives the key to this very system alone; nothing is asked at the start. After an update or a change in the firmware it may keep the key back, or lose it.',
    remedy:
      'Write down the recovery key that the new system shows when you first sign in. Without it your files in the new system are lost when the chip keeps the key back.',
  },
  'battery-low': {
    title: 'The battery is low',
    message:
      'At least {required} are needed, there are {found}. A power cut does no harm, but there is no need to risk one.',
    remedy: 'Plug the PC in.',
  },
  'on-battery': {
    title: 'The PC runs on its battery',
    message: 'It has {found}; {required} or more would be comfortable.',
    remedy: 'Plug the PC in, if you can.',
  },
  'not-elevated': {
    title: 'Berth runs without administrator rights',
    message: 'It can look and plan, but not change anything.',
    remedy: 'Start it as administrator (Windows) or root (Linux) to install.',
  },
  'bitlocker-converting': {
    title: 'BitLocker is at work on {volume}',
    message: 'Encrypting or decrypting is under way or paused ({found}).',
    remedy: 'Let it finish in Windows before you install.',
  },
  'bitlocker-prompt-unlikely': {
    title: 'Have your BitLocker recovery key at hand',
    message:
      '{volume} is encrypted with BitLocker. Windows will most likely not ask for the recovery key: by default it watches the measurements (PCR) {pcrs}, and neither a new partition nor a new boot entry is part of them. Windows keeps its own boot entry, and its volume stays untouched.',
    remedy:
      'All the same, look up the recovery key before you start: https://aka.ms/myrecoverykey. Your company may have set other rules.',
  },
  'bitlocker-prompt-likely': {
    title: 'Windows will probably ask for its BitLocker recovery key',
    message:
      '{volume} is encrypted with BitLocker, and the state of Secure Boot is unknown or would have to change. BitLocker notices that and asks for the recovery key at the next start of Windows.',
    remedy:
      'Look up the recovery key first: https://aka.ms/myrecoverykey. Suspend BitLocker in Windows before you change anything about Secure Boot.',
  },
  'bitlocker-automatic': {
    title: 'Windows may encrypt this PC by itself',
    message: 'Automatic device encryption is on, although no volume is encrypted yet.',
    remedy: 'Nothing to do now. Look at the plan again if Windows begins to encrypt before you install.',
  },
  'fast-startup': {
    title: 'Fast Startup is on',
    message:
      'With Fast Startup, Windows only sleeps when you choose Shut down. Its volumes must not be changed by another system meanwhile.',
    remedy:
      'To change systems choose Restart, or choose the system for the next start in Berth ("berth switch"). To switch Fast Startup off for good, run "powercfg /h off" as administrator.',
  },
  'windows-pending-restart': {
    title: 'Windows is waiting for a restart',
    message: 'An update is not finished yet and may change boot files at the next start.',
    remedy: 'Restart Windows and let it finish, then come back.',
  },
  'windows-clock-local': {
    title: 'Windows keeps the clock on local time',
    message:
      'The Berth desktop reads it that way too. Other systems keep it on UTC (world time), so that one of the two may show a wrong time. Berth changes nothing about it.',
    remedy:
      'Nothing to do. Another system can be told to use local time, or Windows to use UTC; both can be taken back.',
  },
  'graphics-other-release': {
    title: 'Another release is made for the graphics in this PC',
    message:
      'This one is made for graphics by {required}; in this PC there are graphics by {found}. What they show is then drawn by the processor, which is slower, and with new ones no picture may come at all: switch the PC off and on again then, and the present system starts.',
    remedy: 'Take {release} instead. A trial start of this one does no harm.',
  },
  'graphics-not-covered': {
    title: 'This release is made for other graphics',
    message:
      'It is made for graphics by {required}; in this PC there are graphics by {found}. What they show is then drawn by the processor, which is slower, and with new ones no picture may come at all: switch the PC off and on again then, and the present system starts.',
    remedy: 'Nothing to do: a trial start does no harm.',
  },
  'graphics-not-yet': {
    title: 'These graphics are too new for this release',
    message:
      'Its Linux has no driver yet for {found}: a display that hangs on that stays dark. If no other graphics are in this PC, the new system cannot be used for now.',
    remedy:
      'Wait for a newer release. A trial start does no harm: if nothing is shown after five minutes, switch the PC off and on again, and the present system starts.',
  },
  'release-practice-only': {
    title: 'This release is for practice only',
    message: '{release} is made for practice PCs and tests.',
    remedy: 'Use another release on a real PC.',
  },
  'release-older': {
    title: 'This release is older than the one installed',
    message: 'Installed: {found}. Given: {required}.',
    remedy: 'Use the newer one. To go back on purpose, remove the installed one first ("berth undo").',
  },
  'release-changed': {
    title: 'A release of the same name, but not the same',
    message: 'What is installed was made from other bytes ({required}) than this release ({found}).',
    remedy: 'Remove the installed one first ("berth undo"), and make sure where this release comes from.',
  },
  'berth-installed': {
    title: 'This release is already installed',
    message: '{found} is there and whole. There is nothing to do.',
    remedy: 'The overview ("berth status") shows more.',
  },
  'berth-other-release': {
    title: 'Another release is installed already',
    message: 'Installed: {found}. Given: {required}. This version of Berth does not put one over the other.',
    remedy: 'Remove the installed one first ("berth undo").',
  },
  'berth-damaged': {
    title: "Berth's installation is damaged",
    message: 'What is missing or changed: {problems}.',
    remedy: 'Repair it in place ("berth repair"), or remove it ("berth undo") and install again.',
  },
  'berth-trial-open': {
    title: 'The trial is still open',
    message: 'The new system is installed, but not confirmed yet. The present system stays the default.',
    remedy: 'Start the new one once, then keep it ("berth confirm").',
  },
  'trial-unconfirmed': {
    title: 'The new system has not said yet that it started',
    message: 'It leaves a mark in the firmware when it starts, and the mark is not there.',
    remedy:
      'Choose the new system for the next start ("berth switch berth") and restart. If the PC comes back to the present system, the new one does not start here: take it away then ("berth undo").',
  },
  'nothing-installed': {
    title: 'Berth has not installed anything on this PC',
    message: 'No record of an installation was found.',
    remedy: 'There is nothing to do.',
  },
  'manifest-other-install': {
    title: 'The record belongs to another installation',
    message: 'What the record says and what is on this PC come from two different installations.',
    remedy: 'Remove the older one where its record is kept ("berth undo").',
  },
  'system-not-found': {
    title: '{system} cannot be chosen for the next start',
    message: 'No boot entry leads to its file ({found}).',
    remedy: "Choose it in the firmware's own boot menu. Windows makes its entry again when it starts.",
  },
  'undo-leaves': {
    title: 'Something will be left as it is',
    message: '{what}: {reason}.',
    remedy: 'Berth takes away only what is still as Berth made it. Look at it yourself.',
  },
  'room-made': {
    title: 'There is room that Berth made, and nothing uses it',
    message: '{where} was made smaller by {size|bytes}, so that a second system has room beside it.',
    remedy: 'Install into that room, or give it back ("berth undo").',
  },
  'room-record-ignored': {
    title: 'A note about room that was made no longer fits',
    message:
      "On {where} lies a note of Berth's: a partition[ ({volume})] was made smaller there. That partition is gone or was changed since, or the note cannot be read.",
    remedy: 'Nothing to do: Berth leaves that partition as it is.',
  },
  'volume-check-follows': {
    title: 'Windows will check {volume} at its next start',
    message:
      'Changing the size of an NTFS volume from outside Windows leaves it marked for a check. Windows does that by itself the next time it starts, which takes a few minutes.',
    remedy:
      'Let the check finish. Until then nobody else can change the size of {volume} again; taking back what Berth did still works.',
  },
  'undo-data-lost': {
    title: 'The data partition will be deleted',
    message: "The new system's data partition of {size|bytes} goes, and everything in it.",
    remedy: 'Save what you need from it first. This cannot be taken back.',
  },
} as const satisfies Record<string, IssueText>
