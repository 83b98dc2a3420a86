import { callerVariables, dropPrivileges, ownMounts, searchPath } from './confinement.ts'

/** How the script ends when it does not become the helper. */
export const bootstrapExit = { usage: 96, altered: 97, noRoom: 98 } as const

/** Where the executable is put, on a file system in memory that only the helper and what it starts can see. */
const place = '/run/berth-helper'

const claims = callerVariables.map((name) => `${name}="\${${name}-}"`).join(' ')

/**
 * What root runs of a program that the user carries along (an AppImage, an unpacked archive). It is constant: nothing of
 * the caller's gets into its text. `$1` is the SHA-256 of the executable and `$2` its length in bytes; the executable
 * itself comes on standard input. Nothing that is executed was ever in a place where the user could change it after it was
 * hashed. The caller sends its first request only after the helper said that it is there, so that nothing is read too far.
 */
export const bootstrapScript = `set -eu
PATH=${searchPath}
export PATH
cd /
umask 022
exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
case "$1" in *[!0-9a-f]*|"") exit ${bootstrapExit.usage};; esac
case "$2" in *[!0-9]*|"") exit ${bootstrapExit.usage};; esac
mkdir -p ${place} || exit ${bootstrapExit.noRoom}
mount -t tmpfs -o "mode=0755,nosuid,nodev,size=$(($2 + 1048576))" berth ${place} || exit ${bootstrapExit.noRoom}
head -c "$2" >${place}/berth || exit ${bootstrapExit.noRoom}
found=$(sha256sum <${place}/berth)
[ "\${found%% *}" = "$1" ] || exit ${bootstrapExit.altered}
chmod 0555 ${place}/berth
mount -o remount,ro,nosuid,nodev ${place}
exec env -i PATH="$PATH" LC_ALL=C ${claims} ${dropPrivileges.join(' ')} ${place}/berth helper
`

/** The script with what it is given: an argument list, in mounts of its own. */
export function carriedProgram(sha256: string, size: number): readonly string[] {
  return [...ownMounts, '/bin/sh', '-c', bootstrapScript, 'berth-helper', sha256, String(size)]
}

/**
 * What an installed package puts beside the program, owned by root, as \`assets/polkit/berth-helper\`: the same confinement
 * around a program that the user could never write to.
 */
export const installedScript = `#!/bin/sh
# Starts Berth's helper with no more than it needs. Made by installer-core/helper/start/bootstrap.ts; a test compares them.
set -eu
PATH=${searchPath}
export PATH
cd /
umask 022
exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
exec ${ownMounts.join(' ')} env -i PATH="$PATH" LC_ALL=C ${claims} ${dropPrivileges.join(' ')} /opt/berth/resources/berth helper
`

/** The same for a program that root started: nothing is carried, nothing is asked. */
export function ownProgram(self: readonly string[]): readonly string[] {
  return [
    ...ownMounts,
    '/usr/bin/env',
    '-i',
    `PATH=${searchPath}`,
    'LC_ALL=C',
    ...dropPrivileges,
    ...self,
    'helper',
  ]
}
