import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../e2e/boot/run-tool.ts'
import { sights } from '../../e2e/desktop/sights.ts'
import { MiB } from '../../installer-core/base/bytes.ts'
import { hashPassword, saltFrom } from '../../installer-core/base/password-hash.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { newPracticePc } from '../../installer-core/practice/new-pc.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { buildDesktop } from '../../installer-core/system/desktop/build-desktop.ts'
import { root } from '../build/bundle.ts'
import { runBerth } from './berth-program.ts'
import { debianUser, makeDebianDesktop } from './debian-desktop.ts'
import { median, ratioRow, valueRow, type Row } from './row.ts'
import { memoryMiB, watchStart, type Desktop, type Start } from './watch-start.ts'

const goal = 0.6
const pictures = '../../e2e/desktop/sights'
const { user, password } = debianUser

interface Installed {
  readonly desktop: Desktop
  /** Called before each start. */
  readonly prepare: () => Promise<unknown>
}

/**
 * From power-on to the login screen and to the panel: Berth's desktop, installed by Berth, against Debian's, both in QEMU,
 * `runs` times one right after the other. Each was started and signed in to once before.
 */
export async function benchDesktopBoot(folder: string, runs: number): Promise<Row[]> {
  const debian = await makeDebianDesktop()
  const own = await installBerth(join(folder, 'berth'))
  const other = makeOther(join(folder, 'debian'), debian.disk)
  const starts: { ours: Start; other: Start }[] = []
  for (let i = 0; i <= runs; i += 1) {
    const pass = { ours: await startOf('berth', own, i), other: await startOf('debian', other, i) }
    if (i > 0) starts.push(pass)
    else await runBerth('confirm', '--pc', own.pc, '--yes')
  }
  const place = `in QEMU, one processor, ${memoryMiB} MiB of memory`
  return [
    ...(['login', 'panel'] as const).map((mark) =>
      compare(
        starts,
        `power-on to the ${mark === 'login' ? 'login screen' : 'panel'}`,
        (start) => start[mark],
        place,
        goal,
      ),
    ),
    ...parts.map(({ name, of, note }) => compare(starts, `of that, ${name}`, of, note)),
    ...sizes(own, debian),
    compare(
      starts,
      'memory of an idle session',
      (start) => start.memory / MiB,
      'MiB, a minute after the panel',
    ),
  ]
}

const parts: readonly { name: string; of: (start: Start) => number; note: string }[] = [
  { name: 'firmware', of: ({ firmware }) => firmware, note: 'until it starts the boot loader' },
  {
    name: 'boot loader',
    of: (start) => start.kernel - start.firmware,
    note: "until the kernel's clock begins; GRUB's menu waits 5 s",
  },
  { name: 'kernel', of: (start) => start.initrd - start.kernel, note: "until its first program's start" },
  { name: 'initrd', of: (start) => start.userSpace - start.initrd, note: 'until systemd in the root' },
  { name: 'user space', of: (start) => start.login - start.userSpace, note: 'until the login screen' },
  {
    name: 'signing in',
    of: (start) => start.panel - start.login,
    note: 'from the last Enter to the panel',
  },
]

function compare(
  starts: readonly { ours: Start; other: Start }[],
  name: string,
  of: (start: Start) => number,
  what: string,
  goal?: number,
): Row {
  const [ours, other] = [starts.map((pass) => of(pass.ours)), starts.map((pass) => of(pass.other))]
  const note = `Berth ${median(ours).toFixed(1)}, Debian ${median(other).toFixed(1)}; ${what}`
  const samples = starts.map((pass) => of(pass.ours) / of(pass.other))
  return ratioRow({ name, samples, note, ...(goal === undefined ? {} : { goal }) })
}

function sizes(own: Own, debian: { readonly used: number; readonly packages: number }): Row[] {
  return [
    ratioRow({
      name: 'what is installed',
      samples: [own.size / debian.used],
      note: `MiB: Berth ${(own.size / MiB).toFixed(0)}, Debian ${(debian.used / MiB).toFixed(0)} in ${debian.packages} packages`,
    }),
    valueRow({
      name: 'writing it by Berth',
      samples: [own.writing],
      unit: 's',
      note: 'the step that writes files: read, hashed, written, flushed, read back',
    }),
    valueRow({
      name: 'the whole installation',
      samples: [own.installing],
      unit: 's',
      note: 'the command, with the check of the release',
    }),
  ]
}

interface Own extends Installed {
  readonly pc: string
  readonly size: number
  readonly writing: number
  readonly installing: number
}

/** Berth's desktop beside Windows on a practice PC, installed as a person would by the command line. */
async function installBerth(folder: string): Promise<Own> {
  mkdirSync(folder, { recursive: true })
  const built = expectOk(await buildDesktop({ out: join(folder, 'release') }))
  const pc = join(folder, 'pc')
  expectOk(await newPracticePc(pc, { like: 'windows-room' }))
  const profile = join(folder, 'profile.json')
  const passwordHash = hashPassword(password, saltFrom(crypto.getRandomValues(new Uint8Array(16))), 5000)
  const you = { language: 'de_DE.UTF-8', keymap: 'us', timezone: 'Europe/Berlin', hostname: 'bench' }
  const names = { user, fullName: 'Anna Ahlers', passwordHash }
  writeFileSync(profile, JSON.stringify({ schema: 'berth/choices/1', you: { ...you, ...names } }))
  const target = ['--pc', pc, '--release', built.folder, '--profile', profile]
  const { document } = await runBerth('plan', ...target)
  const installed = await runBerth('install', ...target, '--yes', String(document['fingerprint']))
  const steps = installed.document['steps'] as { step: { kind: string }; durationMs: number }[]
  const writing = steps.find(({ step }) => step.kind === 'write-files')
  if (writing === undefined) throw new Error('no step wrote files')
  let started = 0
  return {
    pc,
    size: built.manifest.files.reduce((sum, file) => sum + file.size, 0),
    writing: writing.durationMs / 1000,
    installing: installed.seconds,
    desktop: {
      ...{ disk: join(pc, 'disk0.img'), variables: join(pc, 'firmware.fd'), user, password },
      typed: [`${password}\n`],
      settled: /Berth: (trial confirmed|no trial is waiting)/,
      login: { picture: `${pictures}/login.ppm`, region: sights.login.region },
      panel: { picture: `${pictures}/panel.ppm`, region: sights.panel.region },
    },
    // Installing names it in BootNext for the first time.
    prepare: async () => (started++ === 0 ? null : runBerth('switch', 'berth', '--pc', pc)),
  }
}

function makeOther(folder: string, image: string): Installed {
  mkdirSync(folder, { recursive: true })
  const [disk, variables] = [join(folder, 'disk0.img'), join(folder, 'firmware.fd')]
  run('cp', ['--sparse=always', '--reflink=auto', image, disk])
  copyFileSync(expectOk(findFirmware()).variables, variables)
  return {
    desktop: {
      ...{ disk, variables, user, password },
      // Debian's login screen shows no names: one is typed as well.
      typed: [`${user}\n`, `${password}\n`],
      login: { picture: 'sights/debian-login.ppm', region: { x: 400, y: 200, width: 480, height: 400 } },
      // Its own menu, as at every installed Debian, instead of the one line that started it first.
      once: 'update-grub',
      panel: { picture: 'sights/debian-panel.ppm', region: { x: 488, y: 752, width: 304, height: 48 } },
    },
    prepare: () => Promise.resolve(null),
  }
}

async function startOf(name: string, { desktop, prepare }: Installed, pass: number): Promise<Start> {
  await prepare()
  const screens = join(root, 'dist/bench')
  mkdirSync(screens, { recursive: true })
  process.stderr.write(`starting ${name}, ${pass === 0 ? 'for the first time' : `${pass}`} …\n`)
  const start = await watchStart(desktop, pass === 0, (what) => join(screens, `${name}-${pass}-${what}.png`))
  process.stderr.write(`  ${JSON.stringify(start)}\n`)
  return start
}
