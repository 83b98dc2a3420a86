import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RunningPc } from '../qemu/running-pc.ts'
import { encodePng } from './png.ts'
import { halved, parsePpm, type Picture } from './ppm.ts'

/** What is on the screen, as PNG; `width` and `height` are the screen's own. */
export interface Screen {
  readonly width: number
  readonly height: number
  readonly png: Uint8Array
}

export interface ScreenOptions {
  /** False while nobody looks: nothing is asked of the PC then. */
  readonly wanted: () => boolean
  readonly onScreen: (screen: Screen) => void
  /** A picture that would be larger is halved until it fits, in bytes of PNG. */
  readonly most: number
}

const shortestMs = 200

/** Hands on the screen whenever it changed, at most five times a second, until the PC is off. */
export async function watchScreen(pc: RunningPc, options: ScreenOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-screen-'))
  const file = join(folder, 'screen.ppm')
  let on = true
  void pc.ended.then(() => (on = false))
  let last: Uint8Array | null = null
  try {
    while (on) {
      const began = performance.now()
      if (options.wanted()) last = await look(pc, file, last, options)
      else last = null
      // Looking takes no more than a third of the time, however slow the machine.
      await wait(Math.max(shortestMs, 2 * (performance.now() - began)), undefined, { ref: false })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The bytes that were seen, to compare the next ones with. */
async function look(
  pc: RunningPc,
  file: string,
  last: Uint8Array | null,
  { onScreen, most }: ScreenOptions,
): Promise<Uint8Array | null> {
  const taken = await pc.screenshot(file)
  if (!taken.ok) return last
  const data = await readFile(file)
  if (last !== null && data.equals(last)) return last
  const picture = parsePpm(data)
  if (!picture.ok) return last
  const { width, height } = picture.value
  onScreen({ width, height, png: await smallEnough(picture.value, most) })
  return data
}

async function smallEnough(picture: Picture, most: number): Promise<Uint8Array> {
  const png = await encodePng(picture)
  return png.length <= most ? png : smallEnough(halved(picture), most)
}
