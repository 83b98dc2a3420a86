/**
 * Every way Berth can fail, in one list. Each code has a sentence and a remedy in `text/failures.ts`; the compiler
 * refuses a code without one. Sorted by what it is about.
 */
export const failureCodes = [
  // data that does not follow its format: facts format, field, offset (bytes), required, found
  'malformed',
  // input and output: facts what, where
  'io-failed',
  'no-space',
  'read-only',
  'not-found',
  'already-exists',
  'short-write',
  'read-back-differs',
  'interrupted-call',
  'not-permitted',
  // this PC needs root; facts what
  'administrator-needed',
  'too-large',
  'out-of-range',
  'busy',
  'unsupported',
  // the environment
  'tool-missing',
  'tool-failed',
  'cancelled',
  // identity
  'unknown-disk',
  'unknown-partition',
  'identity-changed',
  'table-changed',
  // firmware variables
  'firmware-access-denied',
  'firmware-store-full',
  'firmware-write-pending',
  'firmware-variable-lost',
  'firmware-order-reverted',
  // volumes
  'volume-dirty',
  'volume-hibernated',
  'volume-locked',
  'volume-shrink-limit',
  // releases
  'release-not-found',
  'release-unsigned',
  'release-altered',
  'release-incomplete',
  'release-older',
  'release-key-unknown',
  // the catalogue of releases, and where it comes from: facts what, where, required, found
  'catalogue-not-found',
  'catalogue-key-unknown',
  'catalogue-altered',
  'catalogue-expired',
  'catalogue-rolled-back',
  'source-refused',
  'source-unreachable',
  'source-redirects',
  'source-endless',
  'source-cut-short',
  // plans and runs
  'blocked',
  'fingerprint-differs',
  'network-changed',
  'run-open',
  'run-locked',
  'no-run',
  'journal-damaged',
  'nothing-installed',
  'not-ours',
  'trial-unconfirmed',
  // the wire between a page and the engine
  'connection-lost',
  'engine-fault',
  // a real PC: its adapter comes later
  'this-pc-later',
  // full rights for this PC, and the helper process that has them
  'elevation-needed',
  'elevation-denied',
  'elevation-timed-out',
  'elevation-no-agent',
  'elevation-unavailable',
  'helper-altered',
  'helper-lost',
  // restarting this PC: facts who
  'restart-held',
  'restart-refused',
  // the demonstration did not show what it promises
  'demo-failed',
  'usage',
] as const

export type FailureCode = (typeof failureCodes)[number]
