/** One thing of a practice PC as it is now: what it is, and its content as short text. */
export interface SnapshotItem {
  /** `disk0.img/table/primary`, `<partition GUID>/EFI/…`, `variable/Boot0000`. */
  readonly what: string
  readonly content: string
}
