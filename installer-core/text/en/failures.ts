import type { FailureCode } from '../../base/failure-code.ts'
import type { FailureText } from '../locale.ts'
import { failuresRelease } from './failures-release.ts'
import { failuresRights } from './failures-rights.ts'

/** What went wrong and what helps, for every failure. Square brackets hold what is said only when its facts are there. */
export const failures: Readonly<Record<FailureCode, FailureText>> = {
  ...failuresRelease,
  ...failuresRights,
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
  'restart-held': {
    message: 'A program holds the restart back[: {who}].',
    remedy:
      'Close it, or let it finish what it does, then try again. What was chosen for the next start stays chosen.',
  },
  'restart-refused': {
    message: 'This system does not let you restart the PC from here.',
    remedy:
      "Restart it as you always do, by the system's own menu or as root. What was chosen for the next start stays chosen.",
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
  'network-changed': {
    message:
      'A Wi-Fi network that was to come along is not there any more, or was changed since it was chosen.',
    remedy: 'Choose the networks again. Nothing was changed.',
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
  usage: {
    message: 'This was not understood[: {what}][. Possible is: {required}].',
    remedy: 'Add --help to see what is possible.',
  },
}
