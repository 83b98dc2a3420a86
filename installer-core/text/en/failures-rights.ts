import type { FailureCode } from '../../base/failure-code.ts'
import type { FailureText } from '../locale.ts'

/** What goes wrong when full rights are needed. */
export const failuresRights = {
  'not-permitted': {
    message: 'The system does not let Berth do this[: {what}].',
    remedy: 'Start Berth again as administrator (Windows) or root (Linux).',
  },
  'administrator-needed': {
    message: 'Looking at the disks and the firmware of this very PC needs the rights of the administrator.',
    remedy: 'Start Berth as root, for instance with "sudo berth …". Nothing was changed.',
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
} satisfies Partial<Record<FailureCode, FailureText>>
