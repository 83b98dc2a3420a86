/** What is said about a start of a practice PC. */
export const bootSentences = {
  'boot.reason.boot-next': 'Started: {entry} "{description}", because BootNext asked for it this one time.',
  'boot.reason.first-in-order':
    'Started: {entry} "{description}", because it is the first in the boot order.',
  'boot.reason.later-in-order':
    'Started: {entry} "{description}", because nothing before it in the boot order would start.',
  'boot.reason.found-by-firmware':
    'Started: something the firmware found by itself[: {entry}][ "{description}"].',
  'boot.reason.nothing-started': 'The firmware started nothing.',
  'boot.failed': 'Tried first, without success: {entry} "{description}" ({why}).',
  'boot.end.power-off': 'It switched itself off after {seconds} s.',
  'boot.end.restart': 'It restarted after {seconds} s.',
  'boot.end.cut': 'Its power was cut after {seconds} s.',
  'boot.end.broken': 'It stopped with a fault of the virtual machine after {seconds} s.',
  'boot.end.stopped': 'Stopped after {seconds} s: what was waited for had come.',
  'boot.end.timed-out': 'Stopped after {seconds} s: what was waited for had not come.',
  'boot.next': 'Boot order now: {order}.[ The next start is {next}.]',
  'boot.would.boot-next':
    'Next starts: {entry}[ "{description}"], because BootNext asks for it this one time.',
  'boot.would.first-in-order':
    'Next starts: {entry}[ "{description}"], because it is the first in the boot order.',
  'boot.would.firmware-decides':
    'Next the firmware starts what it finds by itself, because there is no boot order.',
  'boot.reached': 'Reached: {what}, {seconds} s after power-on.',
  'boot.not-reached': 'Not reached: {what}.',
} as const
