import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type {
  PracticeInput,
  PracticeScreen as Screen,
} from '../../installer-core/api/methods/practice-methods.ts'
import { useWords } from '../i18n/use-words.ts'
import { qemuKey } from './qemu-keys.ts'

const buttons = [
  ['left', 1],
  ['right', 2],
  ['middle', 4],
] as const

/** The screen of a practice PC: what is typed and pointed at here goes to it; Escape twice gives the keyboard back. */
export function PracticeScreen(props: {
  readonly name: string
  readonly screen: Screen | null
  readonly powered: boolean
  readonly onInput: (input: PracticeInput) => void
}) {
  const { t } = useWords()
  const { name, screen, powered, onInput } = props
  const frame = useRef<HTMLDivElement>(null)
  const lastEscape = useRef(0)
  const [inside, setInside] = useState(false)
  const key = (event: KeyboardEvent, down: boolean) => {
    const known = qemuKey(event.code)
    if (known === null || !powered || (event.code === 'Tab' && !inside)) return
    event.preventDefault()
    if (down && event.code === 'Escape') {
      if (event.timeStamp - lastEscape.current < 600) return frame.current?.blur()
      lastEscape.current = event.timeStamp
    }
    if (!event.repeat) onInput({ kind: 'key', key: known, down })
  }
  const pointer = (event: PointerEvent<HTMLDivElement>) => {
    if (!powered) return
    const box = event.currentTarget.getBoundingClientRect()
    const share = (at: number, from: number, length: number) =>
      length === 0 ? 0 : Math.min(1, Math.max(0, (at - from) / length))
    onInput({
      kind: 'pointer',
      x: share(event.clientX, box.left, box.width),
      y: share(event.clientY, box.top, box.height),
      buttons: buttons.filter(([, bit]) => (event.buttons & bit) !== 0).map(([button]) => button),
    })
  }
  return (
    <div
      ref={frame}
      className="screen"
      role="application"
      aria-label={t('practice.screen', { name })}
      aria-describedby="screen-hint"
      tabIndex={0}
      onKeyDown={(event) => key(event, true)}
      onKeyUp={(event) => key(event, false)}
      onPointerDown={(event) => {
        setInside(true)
        pointer(event)
      }}
      onPointerUp={pointer}
      onPointerMove={pointer}
      onBlur={() => setInside(false)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {screen === null ? (
        <p>{powered ? t('practice.screenWait') : t('practice.screenOff')}</p>
      ) : (
        <img src={`data:image/png;base64,${screen.data}`} alt="" draggable={false} />
      )}
    </div>
  )
}
