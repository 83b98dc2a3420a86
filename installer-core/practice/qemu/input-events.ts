import type { InputEvent } from './running-pc.ts'

/** QEMU's absolute axes go from 0 to this (QAPI, InputMoveEvent). */
const axisEnd = 0x7fff

/** An event as QEMU's `input-send-event` takes it. */
export function inputEvents(event: InputEvent): readonly object[] {
  switch (event.kind) {
    case 'key':
      return [{ type: 'key', data: { down: event.down, key: { type: 'qcode', data: event.key } } }]
    case 'button':
      return [{ type: 'btn', data: { down: event.down, button: event.button } }]
    case 'move':
      return [
        { type: 'abs', data: { axis: 'x', value: Math.round(event.x * axisEnd) } },
        { type: 'abs', data: { axis: 'y', value: Math.round(event.y * axisEnd) } },
      ]
  }
}
