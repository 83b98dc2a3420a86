import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { helperWireVersion } from '../wire.ts'

/** Somebody without rights: `nobody` of every Linux. */
export const nobody = 65534

/** What this computer lets that user do, for as long as one test takes and seen by nobody else. */
export interface Rights {
  /** Lines of /etc/sudoers. */
  readonly sudo?: string
  /** A rule of polkit; without one the question goes to an agent, of which there is none. */
  readonly polkit?: string
  /** No polkit service at all. */
  readonly noPolkit?: boolean
  /** A package is installed: a folder whose `usr` and `opt` are laid over those of this computer. */
  readonly installed?: string
}

/** A folder that everybody may read, with what a normal user needs to start a helper. */
export interface NormalUser {
  readonly folder: string
  /** Starts a helper as that user; what came of it. */
  start(rights: Rights, ways: string, more?: StartMore): StartAnswer
  /** Runs a program as that user. */
  run(
    rights: Rights,
    command: readonly string[],
    input?: Uint8Array,
  ): { readonly exit: number | null; readonly out: string; readonly err: string }
  /** What the stand-in for the helper found when it ran as root; null: it did not run. */
  report(): string | null
  remove(): void
}

interface StartMore {
  readonly limitMs?: number
  readonly installed?: string
}

type StartAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly failure: { readonly code: string; readonly facts: object } }

export function normalUser(): NormalUser {
  const folder = mkdtempSync(join(tmpdir(), 'berth-user-'))
  chmodSync(folder, 0o755)
  const [node, script, report] = ['node', 'start.mjs', 'report'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  copyFileSync(process.execPath, node)
  chmodSync(node, 0o755)
  bundle(script)
  writeFileSync(join(folder, 'stand-in'), standIn(report), { mode: 0o755 })
  const run: NormalUser['run'] = (rights, command, input) => {
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      [
        '--mount',
        '--pid',
        '--fork',
        '--mount-proc',
        '--',
        'bash',
        '-c',
        world(folder, rights),
        'world',
        ...command,
      ],
      { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, timeout: 90_000, input: input ?? '' },
    )
    return { exit: status, out: stdout.toString(), err: stderr.toString() }
  }
  return {
    folder,
    run,
    start(rights, ways, { limitMs = 60_000, installed = '/nowhere' } = {}) {
      rmSync(report, { force: true })
      const { out, err } = run(rights, [
        node,
        script,
        join(folder, 'stand-in'),
        String(limitMs),
        ways,
        installed,
      ])
      if (!out.startsWith('{')) throw new Error(`no answer: ${out} ${err}`)
      return JSON.parse(out) as StartAnswer
    },
    report: () => (existsSync(report) ? readFileSync(report, 'utf8') : null),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function bundle(outfile: string): void {
  buildSync({
    entryPoints: [join(import.meta.dirname, 'start-helper-process.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
}

/** A program that tells how it was started, says that it is there, and ends with its caller. */
function standIn(report: string): string {
  return `#!/bin/sh
{
  echo "uid=$(id -u)" "groups=$(id -G)" "umask=$(umask)" "cwd=$(pwd)"
  grep -E '^(CapInh|CapEff|CapBnd|NoNewPrivs):' /proc/self/status
  env | grep -v '^PWD=' | sort
  # Pipes and sockets are its own streams; what else is open came from somebody.
  for file in /proc/$$/fd/[3-9] /proc/$$/fd/??; do readlink $file; done | grep -v '^pipe:\\|^socket:' | sort -u
  echo "$0 $*" "$(stat -c '%u %a' "$0")" "$(findmnt -no OPTIONS -T "$0")"
} >${report}
echo '{"jsonrpc":"2.0","method":"ready","params":{"wire":${helperWireVersion},"version":"stand-in"}}'
cat >/dev/null
`
}

/** Bash that gives a name space these rights and then runs its arguments as nobody. It is seen by nobody outside. */
function world(folder: string, { sudo = '', polkit, noPolkit = false, installed }: Rights): string {
  writeFileSync(join(folder, 'sudoers'), `Defaults env_reset\n${sudo}\n`, { mode: 0o440 })
  execFileSync('mkdir', ['-p', join(folder, 'rules')])
  writeFileSync(join(folder, 'rules/50-test.rules'), polkit ?? '')
  const service = `mkdir -p /run/dbus
dbus-daemon --system --nofork --nopidfile 2>/dev/null &
until [ -S /run/dbus/system_bus_socket ]; do sleep 0.1; done
/usr/lib/polkit-1/polkitd --no-debug >/dev/null 2>&1 &
until dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.PolicyKit1 | grep -q 'boolean true'; do sleep 0.1; done
`
  const packaged = `mount -t overlay overlay -o lowerdir=${installed}/usr:/usr /usr
mount --bind ${installed}/opt /opt
`
  return `set -e
mount -t tmpfs tmpfs /run
${installed === undefined ? '' : packaged}mount --bind ${join(folder, 'sudoers')} /etc/sudoers
mount --bind ${join(folder, 'rules')} /etc/polkit-1/rules.d
exec 7<&0
${noPolkit ? '' : service}
# Something left open by whoever started it: it must not reach what root runs.
exec 8</etc/hostname 12</etc/hostname
setpriv --reuid=${nobody} --regid=${nobody} --clear-groups -- "$@" <&7 7<&-`
}
