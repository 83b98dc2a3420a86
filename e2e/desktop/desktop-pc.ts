import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { hashPassword, saltFrom } from '../../installer-core/base/password-hash.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import type { BootOptions } from '../../installer-core/practice/boot-options.ts'
import type { PracticeBoot } from '../../installer-core/practice/boot-schema.ts'
import type { RunningPc } from '../../installer-core/practice/qemu/running-pc.ts'
import type { You } from '../../installer-core/model/you.ts'
import { newPracticePc } from '../../installer-core/practice/new-pc.ts'
import { buildDesktop } from '../../installer-core/system/desktop/build-desktop.ts'
import { ScenarioPc } from '../boot/scenario.ts'
import { farFrom, Person } from './person.ts'
import { sights } from './sights.ts'

/** Who the installer says will use the PC. */
export const anna = {
  user: 'anna',
  fullName: 'Anna Ahlers',
  password: 'geheim',
  passwordHash: hashPassword('geheim', saltFrom(crypto.getRandomValues(new Uint8Array(16))), 5000),
  hostname: 'annas-pc',
} as const

/** A PC is started by software that interprets each instruction: a start that takes a second takes a minute. */
export const startLimitMs = 900_000

/** Somebody waits for more than one such thing at one start: the PC must not be cut off before they have given up. */
export const sittingLimitMs = 3 * startLimitMs

/** The desktop's release and practice PCs for it, in one folder that goes in the end. */
export class DesktopCase {
  readonly #folder = mkdtempSync(join(tmpdir(), 'berth-desktop-'))
  /** Where the key for Secure Boot lies. */
  readonly keys = join(this.#folder, 'keys')
  #release: Promise<string> | null = null
  #count = 0

  /** A fresh PC with Windows and room for the desktop. */
  async pc(): Promise<ScenarioPc> {
    const release = await this.release()
    const folder = join(this.#folder, `pc-${(this.#count += 1)}`)
    expectOk(await newPracticePc(folder, { like: 'windows-room' }))
    return new ScenarioPc(folder, release)
  }

  /** Built once, the image from the cache when it is there. */
  release(): Promise<string> {
    const out = join(this.#folder, 'release')
    this.#release ??= buildDesktop({ out, secureBootKeys: this.keys }).then((built) => expectOk(built).folder)
    return this.#release
  }

  /** The choices of somebody who filled in everything that the page You asks for, and no encryption but in `more`. */
  profile(more: Partial<You> = {}): string {
    const { user, fullName, passwordHash, hostname } = anna
    const you = { language: 'de_DE.UTF-8', keymap: 'us', timezone: 'Europe/Berlin' }
    const choices = {
      schema: 'berth/choices/1',
      you: { ...you, user, fullName, passwordHash, hostname, ...more },
    }
    const file = join(this.#folder, `profile-${more.encryption ?? 'plain'}.json`)
    writeFileSync(file, JSON.stringify(choices))
    return file
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/**
 * Starts a PC that somebody sits at, at its first start, its second, and so on; what goes wrong for the person ends that
 * start, and is thrown.
 */
export async function sitAt(
  pc: ScenarioPc,
  options: BootOptions,
  ...sittings: readonly Sitting[]
): Promise<PracticeBoot> {
  const troubles: Promise<Error | null>[] = []
  const boot = await pc.boot({
    limitSeconds: sittingLimitMs / 1000,
    ...options,
    onStarted: (running) => {
      const sit = sittings[troubles.length]
      if (sit !== undefined) troubles.push(troubleOf(running, sit))
    },
  })
  for (const trouble of await Promise.all(troubles)) if (trouble !== null) throw trouble
  return boot
}

/** Waits until the login screen is said to be there, and is. */
export async function comesToLogin(person: Person): Promise<void> {
  await person.reads(/Berth: login screen of/, startLimitMs)
  await person.sees(sights.login, 60_000)
}

/** Signs in at the login screen, when the trial is confirmed and the PC is not busy with that any more. */
export async function signsIn(person: Person): Promise<void> {
  await person.types(`${anna.password}\n`)
  await person.sees(sights.panel, startLimitMs)
  expect(farFrom(sights.login, await person.looks())).toBeGreaterThan(20)
}

/** Waits for the confirmed trial, signs in on the screen, and on the serial port for a shell beside the session. */
export async function sitsInSession(person: Person): Promise<void> {
  await comesToLogin(person)
  await person.reads(/Berth: trial confirmed/, startLimitMs)
  await signsIn(person)
  await person.signsInOnSerial(anna.user, anna.password, 300_000)
}

/** Opens a program in the session, and goes to Windows by the session's own menu. */
export async function leavesForWindows(person: Person): Promise<void> {
  await person.presses('ctrl', 'alt', 't')
  await person.sees(sights.terminal, startLimitMs)
  await person.presses('ctrl', 'alt', 'delete')
  await person.sees(sights.leave, startLimitMs)
  await person.types('\t\t\t\n')
}

/** What somebody does at a PC. */
type Sitting = (person: Person) => Promise<void>

/** What was said in each start of a boot. */
export const linesOf = (boot: PracticeBoot, start: number) =>
  boot.starts[start]?.lines.map(({ text }) => text) ?? []

/** What was started, why, and how it ended. */
export const startsOf = (boot: PracticeBoot) =>
  boot.starts.map(({ description, reason, end }) => [description, reason, end])

/** The desktop started for a reason, ended by a restart, and Windows was the next start because BootNext named it. */
export function expectWayBack(boot: PracticeBoot): void {
  expect(startsOf(boot), linesOf(boot, 0).join('\n')).toEqual([
    [expect.stringContaining('Berth'), 'boot-next', 'restart'],
    ['Windows Boot Manager', 'boot-next', 'power-off'],
  ])
}

async function troubleOf(running: RunningPc, sit: Sitting): Promise<Error | null> {
  try {
    await sit(new Person(running))
    return null
  } catch (thrown) {
    await running.cutPower()
    return thrown instanceof Error ? thrown : new Error(String(thrown))
  }
}

/**
 * Every service that may be started before the login screen is drawn; `unit-graph.txt` in the system says it in words.
 * Another one makes every start slower for everybody: give it a place after the login screen, or a reason here.
 */
export const servicesBeforeLogin: readonly string[] = [
  // The login screen itself, its seat, and what the installer left.
  'greetd.service',
  'seatd.service',
  'berth-first-start.service',
  'berth-login-shown.service',
  // Devices.
  'kmod-static-nodes.service',
  'systemd-modules-load.service',
  'systemd-udev-load-credentials.service',
  'systemd-udev-trigger.service',
  'systemd-udevd.service',
  // The journal, temporary files, the kernel's settings.
  'systemd-journald.service',
  'systemd-journal-flush.service',
  'systemd-binfmt.service',
  'systemd-fsck-root.service',
  'systemd-random-seed.service',
  'systemd-remount-fs.service',
  'systemd-sysctl.service',
  'systemd-tmpfiles-setup-dev-early.service',
  'systemd-tmpfiles-setup-dev.service',
  'systemd-tmpfiles-setup.service',
]
