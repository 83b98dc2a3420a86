import type { Picture } from '../../installer-core/practice/screen/ppm.ts'

/** A part of a screen, in pixels from its top left corner. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Pictures of parts of a screen are kept this much smaller: letters and clocks blur away, shapes and colours stay. */
export const scale = 8

/** A part of a screen, each pixel the mean of a square of `scale` by `scale`. */
export function shrink(screen: Picture, { x, y, width, height }: Region): Picture {
  const small = { width: Math.floor(width / scale), height: Math.floor(height / scale) }
  const pixels = new Uint8Array(small.width * small.height * 3)
  for (let row = 0; row < small.height; row++)
    for (let column = 0; column < small.width; column++)
      for (let colour = 0; colour < 3; colour++)
        pixels[(row * small.width + column) * 3 + colour] = mean(
          screen,
          x + column * scale,
          y + row * scale,
          colour,
        )
  return { ...small, pixels }
}

function mean(screen: Picture, left: number, top: number, colour: number): number {
  let sum = 0
  for (let y = top; y < top + scale; y++)
    for (let x = left; x < left + scale; x++) sum += screen.pixels[(y * screen.width + x) * 3 + colour] ?? 0
  return Math.round(sum / (scale * scale))
}

/** How far two pictures are apart: the mean difference of a colour, 0 to 255; 255 when they differ in size. */
export function distance(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 255
  const sum = one.pixels.reduce((total, value, at) => total + Math.abs(value - (other.pixels[at] ?? 0)), 0)
  return sum / one.pixels.length
}
