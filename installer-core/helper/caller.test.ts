import { describe, expect, it } from 'vitest'
import { callerOf, readClues, type CallerClues } from './caller.ts'

const user = { uid: 1000, gid: 100 }
const other = { uid: 1001, gid: 1001 }
const root = { uid: 0, gid: 0 }
const callerBy = (clues: Partial<CallerClues>) => {
  const caller = callerOf({ claimed: '1000', channel: user, ancestor: null, ...clues })
  return caller.ok ? caller.value : caller.failure.code
}

describe('who called', () => {
  it('is who the kernel says made the stream, when the launcher says the same', () => {
    expect(callerBy({})).toEqual(user)
    expect(callerBy({ ancestor: user })).toEqual(user)
    // sudo may stand in between with streams of its own.
    expect(callerBy({ channel: root, ancestor: user })).toEqual(user)
    expect(callerBy({ claimed: null, channel: root })).toEqual(root)
    expect(callerBy({ claimed: '0', channel: root })).toEqual(root)
  })

  it('is nobody when a claim is not borne out, or anything speaks against it', () => {
    expect(callerBy({ channel: root })).toBe('not-permitted')
    expect(callerBy({ channel: other })).toBe('not-permitted')
    expect(callerBy({ ancestor: other })).toBe('not-permitted')
    expect(callerBy({ claimed: null })).toBe('not-permitted')
    expect(callerBy({ claimed: '0' })).toBe('not-permitted')
    for (const claimed of ['', '-1', '1000 ', '0x3e8', '1e3', '99999999999'])
      expect(callerBy({ claimed })).toBe('not-permitted')
  })

  it('is told by this process as well', () => {
    expect(readClues({}).claimed).toBeNull()
    expect(readClues({ PKEXEC_UID: '', SUDO_UID: '7' }).claimed).toBe('7')
    expect(readClues({ PKEXEC_UID: '8', SUDO_UID: '7' }).claimed).toBe('8')
  })
})
