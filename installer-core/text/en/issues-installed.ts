import type { IssueText } from '../locale.ts'

/** Findings about what is installed already: is it still as Berth made it. */
export const installedIssues = {
  'berth-entry-missing': {
    title: "The new system's boot entry is gone",
    message:
      'The firmware does not know "{description}" ({where}) any more. An update of Windows or of the firmware sometimes removes entries. The system itself is not touched by that.',
    remedy: 'Repair it ("berth repair"): exactly one entry is made again.',
  },
  'berth-entry-inactive': {
    title: "The new system's boot entry is switched off",
    message: '{where} is marked as not active, so that the firmware passes it over.',
    remedy: 'Repair it ("berth repair"), or switch it on in the firmware\'s own menu.',
  },
  'berth-entry-changed': {
    title: 'The firmware changed the boot entry a little',
    message: '{where} still starts the new system, but it is not byte for byte what Berth wrote.',
    remedy: 'Nothing to do. Some firmware adds marks of its own.',
  },
  'berth-entry-doubled': {
    title: 'The boot entry is there more than once',
    message: "The very same entry of Berth's is there again as {list}.",
    remedy: 'Repair it ("berth repair"): one stays, the copies go.',
  },
  'berth-entry-foreign': {
    title: 'Somebody else made an entry for the new system',
    message: '{where} ("{description}") starts the same file, and it is not Berth\'s.',
    remedy: 'Nothing to do. Berth leaves it, also when the new system is taken away.',
  },
  'berth-order-reverted': {
    title: 'The new system is not in the boot order any more',
    message:
      '{where} is there, but the boot order does not list it. An update, or firmware that puts its own order back, does that.',
    remedy:
      'Repair it ("berth repair"). If the firmware does it again, choose the system for the next start instead ("berth switch berth"); that works without the order.',
  },
  'berth-not-first': {
    title: 'Another system starts by default now',
    message: 'You chose {where} to start by itself, but {first|entry} stands before it in the boot order.',
    remedy: 'Repair it ("berth repair"), if the new system should start by itself again.',
  },
  'berth-file-missing': {
    title: 'A file of the new system is missing',
    message: '{where} is not there any more.',
    remedy: 'Repair it ("berth repair --release ..."): it is written anew from the release.',
  },
  'berth-file-changed': {
    title: 'A file of the new system is not what was written',
    message: '{where} has other contents: {required|bytes} were written, {found|bytes} are there.',
    remedy:
      'If you did not change it yourself, repair it ("berth repair --release ..."): it is written anew from the release.',
  },
  'berth-record-missing': {
    title: 'The record of what was made is missing',
    message:
      '{where} is not there or cannot be read. It lies beside the system, so that any copy of Berth can take it away.',
    remedy: 'Repair it ("berth repair") from the system in which Berth was used: there is a second copy.',
  },
  'berth-partition-missing': {
    title: 'The partition of the new system is not where it was',
    message:
      'Partition {where} is gone, was moved or resized, is there twice, or cannot be read. Berth does not guess.',
    remedy:
      'If you know why, put it back. Otherwise take away what is left ("berth undo") and install again.',
  },
  'berth-copied': {
    title: "There is a copy of Berth's boot partition",
    message: 'The record of one installation lies on another partition, or on two. A cloned disk does that.',
    remedy: 'Unplug the copy or erase it. Berth changes nothing while it cannot tell them apart.',
  },
  'berth-trial-waiting': {
    title: 'The new system has started, and waits for your answer',
    message: 'Its trial start worked. The present system stays the default until you decide.',
    remedy: 'Keep it ("berth confirm") or take it away ("berth undo").',
  },
  'berth-trial-unarmed': {
    title: 'The trial was forgotten by the firmware',
    message:
      'The new system has not started yet, and the mark that lets it prove itself is gone. Resetting the firmware to its defaults does that.',
    remedy: 'Repair it ("berth repair"): the trial is set up anew for the next start.',
  },
  'berth-start-failed': {
    title: 'A start of the new system went wrong',
    message: '{release} left this note: "{reason}". The report has {lines} lines of what it said.',
    remedy:
      'Nothing to do, if it has started well since. Otherwise save a report ("berth report"): failed-start.txt in it is what somebody who helps you needs.',
  },
  'fallback-loader-changed': {
    title: 'The loader that the firmware falls back to is another one',
    message:
      "{path} is not what it was when the new system was installed ({required}; now {found}). Another system or an update wrote it. It is not Berth's.",
    remedy: 'Nothing to do, if you installed or updated a system meanwhile.',
  },
  'default-start-changed': {
    title: 'Another system starts first than before the installation',
    message: 'The boot order began with {former|entry} then; now it begins with {first|entry}.',
    remedy:
      "If that was not your choice, change it in the firmware's own menu. Berth leaves the others' order alone.",
  },
  'repair-needs-release': {
    title: 'The release that was installed is needed',
    message:
      'Files of {release} have to be written anew, and they can be taken only from that very release (SHA-256 of its release.json: {sha256}). At hand: {found}.',
    remedy: 'Give it ("berth repair --release ..."), or put it into the cache of releases.',
  },
  'boot-next-foreign': {
    title: 'Somebody else chose the next start',
    message: '{where}[ ("{description}")] was not chosen by Berth, so Berth does not take it back.',
    remedy: "Restart, or change it in the firmware's own menu.",
  },
} as const satisfies Record<string, IssueText>
