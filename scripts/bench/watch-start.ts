import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Person } from '../../e2e/desktop/person.ts'
import { distance, shrink, type Region } from '../../e2e/desktop/picture.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { chooseAccelerator } from '../../installer-core/practice/qemu/accelerator.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { startPc } from '../../installer-core/practice/qemu/start-pc.ts'
import { parsePpm } from '../../installer-core/practice/screen/ppm.ts'

/** Something on a screen of 1280 by 800, and the file that holds its picture, made by `e2e/desktop/make-sight.ts`. */
export interface Look {
  readonly picture: string
  readonly region: Region
}

/** A desktop on a disk, and how somebody signs in to it. */
export interface Desktop {
  readonly disk: string
  readonly variables: string
  readonly login: Look
  readonly panel: Look
  readonly user: string
  readonly password: string
  /** Said on the serial port when everything has started; the time that passes alone tells it when absent. */
  readonly settled?: RegExp
  /** What is typed at the login screen; the program is given time between one and the next. */
  readonly typed: readonly string[]
  /** What an administrator does once, in the first session. */
  readonly once?: string
}

/** Seconds after power-on. */
export interface Start {
  /** Firmware gives over; the kernel's clock begins; its first program; systemd of the installed system. */
  readonly firmware: number
  readonly kernel: number
  readonly initrd: number
  readonly userSpace: number
  /** They are on the screen; without the time that somebody takes to type. */
  readonly login: number
  readonly panel: number
  /** Bytes that programs hold a minute after the panel is there. */
  readonly memory: number
}

/** What both systems get, nothing else. */
export const memoryMiB = 2048
const limitMs = 1_200_000
const lookEveryMs = 250
const idleMs = 60_000
const betweenMs = 5_000
/** On an interpreted processor keys are lost while everything else starts: nobody types before both systems are quiet. */
const settlesMs = 45_000
/** As in `e2e/desktop/person.ts`: others are more than 20 away. */
const same = 10

/** Starts a desktop, signs in, leaves it alone for a minute, asks it about its start, and switches it off. */
export async function watchStart(
  desktop: Desktop,
  isFirst: boolean,
  keep: (name: string) => string,
): Promise<Start> {
  const firmware = expectOk(findFirmware())
  const pc = expectOk(
    await startPc({
      accelerator: await chooseAccelerator(firmware),
      firmwareCode: firmware.code,
      variables: desktop.variables,
      disks: [{ file: desktop.disk, bus: 'nvme', sectorSize: 512, serial: 'P0001' }],
      memoryMiB,
      display: 'live',
      handOver: {},
    }),
  )
  const begun = performance.now()
  const person = new Person(pc)
  try {
    const login = await seen(person, desktop.login, begun, keep('login'))
    if (desktop.settled !== undefined) await person.reads(desktop.settled, limitMs)
    await wait(settlesMs)
    for (const text of desktop.typed) {
      await wait(betweenMs)
      await person.types(text)
    }
    const entered = (performance.now() - begun) / 1000
    const panel = login + (await seen(person, desktop.panel, begun, keep('panel'))) - entered
    await wait(idleMs)
    await person.signsInOnSerial(desktop.user, desktop.password, limitMs)
    const facts = await askForStart(person, desktop.password)
    if (isFirst && desktop.once !== undefined) {
      const done = await person.runs(
        `${asAdministrator(desktop.password)} ${desktop.once}; echo ended $?`,
        limitMs,
      )
      if (!done.includes('ended 0')) throw new Error(done.join('\n'))
    }
    // By the terminal: a session may ask its person what the PC's button is to mean.
    pc.type(`${asAdministrator(desktop.password)} systemctl poweroff\n`)
    const late = setTimeout(() => void pc.cutPower(), limitMs)
    const { end } = await pc.ended
    clearTimeout(late)
    if (end !== 'power-off') throw new Error(`it did not switch off: ${end}`)
    return { ...facts, login, panel }
  } catch (thrown) {
    await pc.cutPower()
    throw thrown
  }
}

/** Seconds until something is on the screen; what was seen is kept in a file. */
async function seen(person: Person, look: Look, begun: number, file: string): Promise<number> {
  const wanted = expectOk(parsePpm(new Uint8Array(readFileSync(join(import.meta.dirname, look.picture)))))
  for (;;) {
    const at = performance.now() - begun
    const screen = await person.looks()
    if (distance(shrink(screen, look.region), wanted) < same) {
      expectOk(await person.pc.screenshot(file))
      return at / 1000
    }
    if (at > limitMs) {
      expectOk(await person.pc.screenshot(file))
      throw new Error(`${look.picture} did not come; see ${file}`)
    }
    await wait(lookEveryMs)
  }
}

/** The system's own clocks, brought to seconds after power-on by one line whose coming is seen from outside. */
async function askForStart(person: Person, password: string): Promise<Omit<Start, 'login' | 'panel'>> {
  const ask = (command: string) => person.runs(command, 300_000)
  await ask('export LC_ALL=C; stty cols 500')
  // From the journal, with the kernel's own time: its buffer is soon full where much goes wrong slowly.
  const first = await ask(
    `${asAdministrator(password)} journalctl -k -o json | sed -n '/ as init process/s/.*"_SOURCE_MONOTONIC_TIMESTAMP":"\\([0-9]*\\)".*/\\1/p'`,
  )
  const systemd = await ask('systemctl show -P UserspaceTimestampMonotonic')
  const memory = await ask("free -b | awk '/^Mem:/ { print $2 - $7 }'")
  const uptime = await ask("echo up $(cut -d ' ' -f 1 /proc/uptime)")
  const up = uptime.find((text) => text.startsWith('up '))
  const line = person.pc.lines.findLast(({ text }) => text === up)
  const zero = (line?.atMs ?? Number.NaN) / 1000 - numberIn([(up ?? '').slice(3)])
  const given = person.pc.lines.find(({ text }) => /^BdsDxe: starting /.test(text))
  return {
    firmware: (given?.atMs ?? Number.NaN) / 1000,
    kernel: zero,
    initrd: zero + numberIn(first) / 1e6,
    userSpace: zero + numberIn(systemd) / 1e6,
    memory: numberIn(memory),
  }
}

/** The line that is a number: sudo greets whoever uses it for the first time. */
function numberIn(lines: readonly string[]): number {
  const line = lines.find((text) => /^\d+(\.\d+)?$/.test(text))
  if (line === undefined) throw new Error(`no number in: ${lines.join(' / ')}`)
  return Number(line)
}

function asAdministrator(password: string): string {
  return `echo ${password} | sudo -S -p ''`
}
