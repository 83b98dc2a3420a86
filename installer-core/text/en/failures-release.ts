import type { FailureCode } from '../../base/failure-code.ts'
import type { FailureText } from '../locale.ts'

/** What goes wrong with releases, their catalogue and the sources of both. */
export const failuresRelease = {
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
} satisfies Partial<Record<FailureCode, FailureText>>
