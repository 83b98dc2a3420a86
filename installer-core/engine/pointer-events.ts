import type { PracticeInput } from '../api/methods/practice-methods.ts'
import type { InputEvent } from '../practice/qemu/running-pc.ts'

const buttons = ['left', 'middle', 'right'] as const

/** What the pointer did since it was told of last: it moved, and buttons went down or up. */
export function pointerEvents(
  held: readonly string[],
  { x, y, buttons: now }: Extract<PracticeInput, { kind: 'pointer' }>,
): readonly InputEvent[] {
  const changed = buttons.filter((button) => held.includes(button) !== now.includes(button))
  return [
    { kind: 'move', x, y },
    ...changed.map((button) => ({ kind: 'button' as const, button, down: now.includes(button) })),
  ]
}
