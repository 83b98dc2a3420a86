const named: Readonly<Record<string, string>> = {
  Enter: 'ret',
  NumpadEnter: 'kp_enter',
  Escape: 'esc',
  Backspace: 'backspace',
  Tab: 'tab',
  Space: 'spc',
  Minus: 'minus',
  Equal: 'equal',
  BracketLeft: 'bracket_left',
  BracketRight: 'bracket_right',
  Backslash: 'backslash',
  Semicolon: 'semicolon',
  Quote: 'apostrophe',
  Backquote: 'grave_accent',
  Comma: 'comma',
  Period: 'dot',
  Slash: 'slash',
  CapsLock: 'caps_lock',
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'home',
  End: 'end',
  PageUp: 'pgup',
  PageDown: 'pgdn',
  Insert: 'insert',
  Delete: 'delete',
  ShiftLeft: 'shift',
  ShiftRight: 'shift_r',
  ControlLeft: 'ctrl',
  ControlRight: 'ctrl_r',
  AltLeft: 'alt',
  AltRight: 'alt_r',
  MetaLeft: 'meta_l',
  IntlBackslash: 'less',
}

/** QEMU's name (QKeyCode) of a key by its place on the keyboard (`KeyboardEvent.code`); null for others. */
export function qemuKey(code: string): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return letter.toLowerCase()
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit !== undefined) return digit
  const pad = /^Numpad(\d)$/.exec(code)?.[1]
  if (pad !== undefined) return `kp_${pad}`
  return /^F([1-9]|1[0-2])$/.test(code) ? code.toLowerCase() : (named[code] ?? null)
}
