import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** The colours of a theme: the light one's, and what the dark one has of its own. */
function coloursOf(theme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const [first = '', dark = ''] = css.split(":root[data-theme='dark']")
  const rules = theme === 'light' ? first : first + dark
  return new Map(
    [...rules.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  )
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('text in the %s theme', (theme) => {
  const colours = coloursOf(theme)
  const parts = [...colours.keys()].filter((name) => /^part-(?!text|gap)/.test(name))

  it.each([
    ...parts.map((part) => ['part-text', part] as const),
    ...['ground', 'surface', 'surface-sunk', 'part-gap'].map((ground) => ['text', ground] as const),
    ...['ground', 'surface', 'surface-sunk'].map((ground) => ['text-quiet', ground] as const),
    ...['good', 'warning', 'bad'].map((kind) => [kind, `${kind}-soft`] as const),
    ['on-accent', 'accent'],
    ['on-bad', 'bad'],
  ] as const)('%s can be read on %s', (text, ground) => {
    expect(parts.length).toBe(6)
    expect(contrast(colours.get(text) ?? '', colours.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})
