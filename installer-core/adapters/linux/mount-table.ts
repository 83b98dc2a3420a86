/** One line of `/proc/self/mountinfo` (proc_pid_mountinfo(5)). */
export interface Mount {
  /** `major:minor` of the file system's device; of btrfs a number of its own. */
  readonly device: string
  /** What of the file system shows there: `/` when all of it. */
  readonly root: string
  readonly point: string
  readonly options: readonly string[]
  readonly type: string
  readonly source: string
  /** Options of the file system itself, whatever this mount of it says. */
  readonly superOptions: readonly string[]
}

/** Reads the mount table; lines of another shape are left out. */
export function parseMountTable(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ')
    const [, , device, root, point, options] = (before ?? '').split(' ')
    const [type, source, superOptions] = (after ?? '').split(' ')
    if (device === undefined || root === undefined || point === undefined || type === undefined) return []
    return [
      {
        device,
        root: plain(root),
        point: plain(point),
        options: (options ?? '').split(','),
        type,
        source: plain(source ?? ''),
        superOptions: (superOptions ?? '').split(','),
      },
    ]
  })
}

/** True when neither this mount nor its file system may be written to. */
export function isReadOnly({ options, superOptions }: Mount): boolean {
  return options.includes('ro') || superOptions.includes('ro')
}

/** Space, tab, line feed and backslash are written as three octal digits. */
export function plain(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
}
