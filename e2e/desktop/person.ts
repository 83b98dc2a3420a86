import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expectOk } from '../../installer-core/base/result.ts'
import type { RunningPc } from '../../installer-core/practice/qemu/running-pc.ts'
import { parsePpm, type Picture } from '../../installer-core/practice/screen/ppm.ts'
import { distance, shrink, type Region } from './picture.ts'

/** Something on the screen: where, and the picture in `sights/` that it is compared with. */
export interface Sight {
  readonly name: string
  readonly region: Region
}

/** A keyboard of the United States: QEMU's names for what is not a letter or a digit. */
const keyNames: Readonly<Record<string, string>> = { ' ': 'spc', '\n': 'ret', '\t': 'tab', '-': 'minus' }
const betweenKeysMs = 150
/** Every sight that was waited for is kept here as a picture, found or not, for whoever wants to look at it. */
const kept = join(import.meta.dirname, '../../dist/test-results/screens')
let keptCount = 0
const lookEveryMs = 2_000
/** Colours of the same sight differ by less than 4 (another letter, another time of day), those of others by more than 20. */
const same = 10

/** Somebody who sits at a PC: looks at its screen, uses its keyboard and pointer, and has a terminal on its serial port. */
export class Person {
  readonly pc: RunningPc
  #commands = 0

  constructor(pc: RunningPc) {
    this.pc = pc
  }

  /** Waits for a line on the serial port, and says it. */
  async reads(pattern: RegExp, limitMs: number): Promise<string> {
    const line = await this.pc.waitFor(pattern, limitMs)
    if (line === null) throw new Error(`${String(pattern)} did not come:\n${this.#said()}`)
    return line.text
  }

  async types(text: string): Promise<void> {
    for (const sign of text) {
      expectOk(await this.pc.press(keyNames[sign] ?? sign))
      await wait(betweenKeysMs)
    }
  }

  async presses(...keys: readonly string[]): Promise<void> {
    expectOk(await this.pc.press(...keys))
    await wait(betweenKeysMs)
  }

  /** What is on the screen. */
  async looks(): Promise<Picture> {
    const folder = mkdtempSync(join(tmpdir(), 'berth-look-'))
    try {
      const file = join(folder, 'screen.ppm')
      expectOk(await this.pc.screenshot(file))
      return expectOk(parsePpm(new Uint8Array(readFileSync(file))))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  /** Waits until a sight is on the screen. */
  async sees(sight: Sight, limitMs: number): Promise<void> {
    const until = performance.now() + limitMs
    for (;;) {
      const far = farFrom(sight, await this.looks())
      if (far < same) {
        await this.keeps(sight.name)
        return
      }
      if (performance.now() > until) {
        const screen = await this.keeps(`not-${sight.name}`)
        throw new Error(
          `${sight.name} is not on the screen (${far.toFixed(1)} away), ${screen}:\n${this.#said()}`,
        )
      }
      await wait(lookEveryMs)
    }
  }

  /** Keeps a picture of the screen beside the tests' results; says where. */
  async keeps(name: string): Promise<string> {
    mkdirSync(kept, { recursive: true })
    const file = join(kept, `${String((keptCount += 1)).padStart(2, '0')}-${name}.png`)
    expectOk(await this.pc.screenshot(file))
    return file
  }

  /** Signs in on the serial port, as on a text console. */
  async signsInOnSerial(user: string, password: string, limitMs: number): Promise<void> {
    this.pc.type('\n')
    await this.reads(/login:\s*$/, limitMs)
    this.pc.type(`${user}\n`)
    await this.reads(/^(Password|Passwort):/, limitMs)
    this.pc.type(`${password}\n`)
    await this.reads(/[$#]\s*$/, limitMs)
  }

  /** Runs a command in the serial port's shell; what it printed, without what the kernel and Berth said meanwhile. */
  async runs(command: string, limitMs: number): Promise<readonly string[]> {
    const number = (this.#commands += 1)
    const [begin, end] = [`begin-${number}-`, `end-${number}-`]
    // The marks are typed in two parts, so that the terminal's echo of the command is not taken for them.
    this.pc.type(`echo begin-${number}""-; ${command}; echo end-${number}""-\n`)
    await this.reads(new RegExp(`^${end}$`), limitMs)
    const lines = this.pc.lines.map(({ text }) => text)
    return lines
      .slice(lines.indexOf(begin) + 1, lines.indexOf(end))
      .filter((line) => !/^(Berth: |\[ *\d+\.\d+\])/.test(line))
  }

  #said(): string {
    return this.pc.lines.map(({ text }) => text).join('\n')
  }
}

/** How far the screen is from a sight; 255 where the screen is too small for it. */
export function farFrom({ name, region }: Sight, screen: Picture): number {
  const reference = new Uint8Array(readFileSync(join(import.meta.dirname, 'sights', `${name}.ppm`)))
  return distance(shrink(screen, region), expectOk(parsePpm(reference)))
}
