import type { FailureCode } from '../../base/failure-code.ts'
import type { FailureText } from '../locale.ts'

/** What went wrong and what helps, for every failure. Square brackets hold what is said only when its facts are there. */
export const failures: Readonly<Record<FailureCode, FailureText>> = {
  malformed: {
    message:
      'Some data does not follow its format ({format}): {field} at byte {offset} is {found}, but {required} is needed.',
    remedy:
      'Nothing was changed because of it. If this is a file you made, correct it there; otherwise make a report and send it to us.',
  },
  'io-failed': {
    message: 'Reading or writing failed[: {what}][ ({where})][. The system says: {error}].',
    remedy:
      'The disk, its cable or the card reader may be failing. Save your files first, then check the disk before you try again.',
  },
  'no-space': {
    message:
      'There is not enough room[ for {what}][ on {where}][: {required|bytes} are needed, {found|bytes} are free].',
    remedy: 'Make room there, or choose another place for the new system.',
  },
  'read-only': {
    message: 'This cannot be changed, only read[: {what}][ ({where})].',
    remedy: 'Choose another disk, or take the write protection off and start again.',
  },
  'not-found': {
    message: 'Something that is needed is not there[: {what}][ ({where})].',
    remedy: 'Check the name. If it was there a moment ago, look at the PC again ("berth probe").',
  },
  'already-exists': {
    message: 'The place is taken[: {what}][ ({where})].',
    remedy: 'Berth never overwrites what it did not make. Move it away yourself, or choose another place.',
  },
  'short-write': {
    message: 'Only a part arrived[: {found} of {required} bytes][ ({where})].',
    remedy:
      'The disk may be full or failing. What was begun is taken back; check the disk before you try again.',
  },
  'read-back-differs': {
    message:
      'What was written reads back differently[: {what}][ ({where})][. Expected {required}, found {found}].',
    remedy: 'Do not trust this disk or firmware before it was checked. What was begun is taken back.',
  },
  'interrupted-call': {
    message: 'The system interrupted a request again and again[: {what}].',
    remedy: 'Close other programs that use the disks or the firmware, then try again.',
  },
  'not-permitted': {
    message: 'The system does not let Berth do this[: {what}].',
    remedy: 'Start Berth again as administrator (Windows) or root (Linux).',
  },
  'administrator-needed': {
    message: 'Looking at the disks and the firmware of this very PC needs the rights of the administrator.',
    remedy: 'Start Berth as root, for instance with "sudo berth …". Nothing was changed.',
  },
  'too-large': {
    message:
      'Something is larger than it may be[: {what}][ ({where})][, {found|bytes}, at most {required|bytes}].',
    remedy: 'Use a smaller one. If it came with a release, the release needs to be made anew.',
  },
  'out-of-range': {
    message:
      'A value lies outside of what is possible[: {what}][ ({where})][, found {found}][, possible is {required}].',
    remedy: 'If you gave this value, give another one. Otherwise make a report and send it to us.',
  },
  busy: {
    message: 'Somebody else is using it right now[: {what}].',
    remedy: 'Close the programs that use it, then try again.',
  },
  unsupported: {
    message: 'Berth cannot do this here[: {what}].',
    remedy: 'Choose another way; the plan ("berth plan") lists the alternatives.',
  },
  'tool-missing': {
    message: 'A program that is needed is not installed: {tool}.',
    remedy: 'Install it[ with the package {package}], then start again. Nothing was changed.',
  },
  'tool-failed': {
    message:
      'A program that Berth uses reported an error: {tool}[, exit code {exitCode}][, signal {signal}].',
    remedy: 'Its last lines are in the report. What was begun is taken back.',
  },
  cancelled: {
    message: 'Stopped, because you asked for it.',
    remedy:
      'What was begun is taken back. If that was cut short too, it can be finished later ("berth recover").',
  },
  'unknown-disk': {
    message: 'There is no disk with this identity: {what}.',
    remedy: 'Look at the disks ("berth probe") and use the identity shown there.',
  },
  'unknown-partition': {
    message: 'There is no partition with this identity: {what}.',
    remedy: 'Look at the partitions ("berth probe") and use the identity shown there.',
  },
  'identity-changed': {
    message:
      'This is not the thing it was when the plan was made: {what}[. Expected {required}, found {found}].',
    remedy: 'Something changed on the PC meanwhile. Make a new plan and read it before you go on.',
  },
  'table-changed': {
    message: 'The partition table was changed by somebody else meanwhile[: {what}].',
    remedy: 'Close other partitioning programs, then make a new plan.',
  },
  'firmware-access-denied': {
    message: 'The firmware does not let its variables be changed[: {what}].',
    remedy:
      'Look in the firmware setup for a lock on boot options or a supervisor password, and start Berth as administrator or root.',
  },
  'firmware-write-pending': {
    message: "The firmware was cut off in a write of its own, which it finishes at the PC's next start.",
    remedy: 'Start the PC once, then come back. Nothing was written to the firmware.',
  },
  'firmware-store-full': {
    message:
      'The firmware has no room left for another boot entry[: {required|bytes} are needed, {found|bytes} are free].',
    remedy:
      'On Linux, old crash records (names that begin with dump-type0-) may be deleted. Often a firmware update or its default settings help too.',
  },
  'firmware-variable-lost': {
    message: 'The firmware accepted a setting and then lost it: {what}.',
    remedy:
      "What was begun is taken back. A firmware update may help; otherwise choose the new system from the firmware's own boot menu.",
  },
  'firmware-order-reverted': {
    message: 'The firmware put its boot order back: {what}[ should be {required}, but is {found}].',
    remedy:
      'The present system still starts first. Choose the other one for the next start ("berth switch"), or set the order in the firmware setup.',
  },
  'volume-dirty': {
    message: 'This volume has to be checked by its own system first[: {what}].',
    remedy:
      'In Windows, open a terminal as administrator and run "chkdsk /f" on it, restart, then try again.',
  },
  'volume-hibernated': {
    message:
      "A sleeping system is kept on this volume[: {what}]. Changing it now would destroy that system's open work.",
    remedy:
      'Start that Windows and choose Restart, not Shut down. To keep it from happening again: "powercfg /h off".',
  },
  'volume-locked': {
    message: 'This volume is encrypted and locked[: {what}].',
    remedy: 'Unlock it in its own system, or choose another place for the new system.',
  },
  'volume-shrink-limit': {
    message:
      'This volume cannot be made that small[: {what}][. {required|bytes} were asked for, its limit is {found|bytes}].',
    remedy: 'Delete or move files, or take less room from it.',
  },
  'release-not-found': {
    message: 'There is no such release, or one of its files is missing[: {what}].',
    remedy: 'Check the name of the folder, or download the release again.',
  },
  'release-unsigned': {
    message: 'This release carries no signature[: {what}], so nobody vouches for it.',
    remedy: 'Use a release that is signed. Nothing was changed.',
  },
  'release-altered': {
    message: 'This release is not what was signed[: {what}].',
    remedy: 'Download it again. If that does not help, do not use it.',
  },
  'release-incomplete': {
    message: 'This release was cut short[: {what}][, {found|bytes} of {required|bytes}].',
    remedy: 'Download it again.',
  },
  'release-older': {
    message: 'This release is older than the one installed[: {found} is there, {required} was given].',
    remedy: 'Use the newer one. To go back on purpose, remove the installed one first ("berth undo").',
  },
  'release-key-unknown': {
    message: 'This release was signed with a key that Berth does not know[: {what}].',
    remedy: 'Use a release from a source you know, or a newer version of Berth.',
  },
  'catalogue-not-found': {
    message: 'There is no catalogue of releases[: {where}].',
    remedy:
      'Check the folder or the address. It must hold timestamp.json and catalogue.json ("berth catalogue make" writes them).',
  },
  'catalogue-key-unknown': {
    message: 'This catalogue comes from somebody whose keys Berth does not know[: {where}][ ({what})].',
    remedy: 'Use a catalogue from a source you know, or a newer version of Berth.',
  },
  'catalogue-altered': {
    message:
      'The catalogue is not what was signed: {what}[ ({where})][. Required is {required}, found was {found}].',
    remedy:
      'Try again in a few minutes, it may be changing right now. If that does not help, use another source; nothing of this one was used.',
  },
  'catalogue-expired': {
    message:
      'The catalogue is too old to be trusted: {what} was valid until {required}[, and it is {found}].',
    remedy:
      'Get the newest one ("berth catalogue fetch"). If you just did: check the date of this computer, or tell whoever keeps the catalogue.',
  },
  'catalogue-rolled-back': {
    message:
      'This catalogue is older than one that was seen before: {what} has version {found}, known is {required}[ ({where})].',
    remedy:
      'Somebody may be offering old releases with known faults, or the source is behind. Use another source; nothing of this one was used.',
  },
  'source-refused': {
    message: 'Berth takes nothing from this source: {what}[. Possible is: {required}].',
    remedy: 'Use an address that begins with https://, or a folder.',
  },
  'source-unreachable': {
    message: 'A source cannot be reached[: {what}][ ({error})].',
    remedy:
      'Check the connection to the network and try again. What was fetched already is kept and is not fetched again.',
  },
  'source-redirects': {
    message: 'A source sends Berth elsewhere[: {what}][. It points to {found}].',
    remedy: 'Use the address where the files really are. Nothing was fetched from the other place.',
  },
  'source-endless': {
    message: 'A source sends more than there should be[: {what}][, more than {required|bytes}].',
    remedy: 'It was stopped and nothing of it was kept. Use another source.',
  },
  'source-cut-short': {
    message: 'A source stopped before the end[: {what}][, {found|bytes} of {required|bytes}].',
    remedy: 'Try again: what was fetched already is kept and is not fetched again.',
  },
  blocked: {
    message: 'Something stands in the way[: {issues}].',
    remedy: 'The check ("berth check") says what it is and what helps. Nothing was changed.',
  },
  'demo-failed': {
    message:
      'The demonstration did not show what it should[: required was {required}, found was {found}].[ {what}]',
    remedy: 'Run it again with --keep to look at what it left, and report it.',
  },
  'fingerprint-differs': {
    message:
      'The PC, the choices or the release changed since the plan was confirmed.[ Confirmed was {required}, now it is {found}.][ What changed: {difference}.]',
    remedy: 'Read the new plan and confirm that one. Nothing was changed.',
  },
  'run-open': {
    message: 'An earlier run did not end[: {what}].',
    remedy: 'Finish it first, or take it back ("berth recover").',
  },
  'run-locked': {
    message: 'Berth is already at work on this PC[: {what}].',
    remedy: 'Wait until the other one has ended.',
  },
  'no-run': {
    message: 'There is no run to show or to go on with.',
    remedy: 'Start one: first the plan ("berth plan"), then the installation ("berth install").',
  },
  'journal-damaged': {
    message: "Berth's record of a run is damaged[: {what}].",
    remedy:
      'What was made is also recorded beside the new system. Undoing it ("berth undo") reads the record there.',
  },
  'nothing-installed': {
    message: 'Berth has not installed anything on this PC.',
    remedy: 'There is nothing to do.',
  },
  'not-ours': {
    message: "This is not Berth's, so it was left as it is[: {what}].",
    remedy: 'Look at it yourself; Berth changes only what it made.',
  },
  'trial-unconfirmed': {
    message: 'The new system has not said yet that it started.',
    remedy:
      'Start it once: choose it for the next start ("berth switch berth") and restart. Then come back and keep it.',
  },
  'connection-lost': {
    message: 'The window lost its connection to the part of Berth that does the work[: {what}].',
    remedy:
      'What was under way goes on or can be taken up again. The window connects again by itself; if it does not, start Berth again.',
  },
  'engine-fault': {
    message: 'Berth has a fault of its own[ ({what})]. Nothing more was changed because of this request.',
    remedy: 'Make a report and send it to us. Look at the PC again before you go on.',
  },
  'this-pc-later': {
    message: 'Working on this very PC comes in a later version.',
    remedy: 'Use a practice PC (--pc DIR) or a recorded one (--machine FILE).',
  },
  'elevation-needed': {
    message:
      'Berth can look at this PC in full, and change it, only with full rights, and has not asked for them yet.',
    remedy:
      'Give Berth full rights: "Look with full rights" on the page of this PC, or start the command again and answer the question for your password.',
  },
  'elevation-denied': {
    message: 'The question for full rights was answered with no[: {what}]. Nothing was changed.',
    remedy:
      'Try again and give the password of an administrator of this PC. If you are not one, ask somebody who is.',
  },
  'elevation-timed-out': {
    message: 'Nobody answered the question for full rights[ within {required} seconds]. Nothing was changed.',
    remedy:
      'Try again and look for a window that asks for your password; it may be behind this one or on another screen.',
  },
  'elevation-no-agent': {
    message:
      'No program is running here that could ask for your password[ ({what})], so full rights could not be given.',
    remedy:
      'Start Berth from the desktop that you are signed in to, or from a terminal as root: "sudo berth" and the command.',
  },
  'elevation-unavailable': {
    message: 'This system has no way to give a program full rights: pkexec, run0 and sudo are all missing.',
    remedy:
      'Install the package polkitd (pkexec; on older systems policykit-1), or start Berth from a terminal as root.',
  },
  'helper-altered': {
    message:
      'The part of Berth that needs full rights did not arrive as it was sent[ ({what})], so it was not started.',
    remedy:
      'Nothing was changed. There may be too little memory for it (about 150 MiB). Otherwise fetch Berth anew and try again.',
  },
  'helper-lost': {
    message: 'The part of Berth that has full rights has ended[ ({what})].',
    remedy:
      'Give Berth full rights again. If something was under way, Berth then offers to finish it or to take it back.',
  },
  usage: {
    message: 'This was not understood[: {what}][. Possible is: {required}].',
    remedy: 'Add --help to see what is possible.',
  },
}
