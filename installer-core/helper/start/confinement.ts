/** What the helper may still do once it runs, by the kernel's names; everything else is dropped for good. */
export const keptCapabilities = [
  // mounting a boot volume, telling the kernel of partitions, resizing btrfs
  'sys_admin',
  // making a mounted ext4 longer
  'sys_resource',
  // the immutable flag of firmware variables
  'linux_immutable',
  // volumes that somebody mounted for their own user
  'dac_override',
  'dac_read_search',
  'fowner',
  'chown',
  // release files are read by a process with the caller's user, which has none of these
  'setuid',
  'setgid',
  'setpcap',
  'kill',
] as const

/** The variables that tell who called; all others are taken away. */
export const callerVariables = ['PKEXEC_UID', 'SUDO_UID'] as const

export const searchPath = '/usr/sbin:/usr/bin:/sbin:/bin'

/** setpriv (util-linux) and its arguments: no new privileges, no other capabilities, no other groups. */
export const dropPrivileges: readonly string[] = [
  'setpriv',
  '--clear-groups',
  '--inh-caps=-all',
  `--bounding-set=-all,${keptCapabilities.map((name) => `+${name}`).join(',')}`,
  '--no-new-privs',
  '--',
]

/** unshare (util-linux) and its arguments: mounts of its own, that see those of the system but are not seen by it. */
export const ownMounts: readonly string[] = ['/usr/bin/unshare', '--mount', '--propagation', 'slave', '--']
