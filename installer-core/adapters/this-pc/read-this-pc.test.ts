import { describe, expect, it } from 'vitest'
import { thisPcSchema } from '../../model/this-pc.ts'
import { safeText } from '../../probe/safe-text.ts'
import { readThisPc } from './read-this-pc.ts'
import { readers } from './parts.ts'

describe('this PC', () => {
  it('is described as advisory, without serial numbers, and follows its schema', async () => {
    const pc = await readThisPc()
    expect(thisPcSchema.parse(pc)).toEqual(pc)
    expect(pc.advisory).toBe(true)
    expect(JSON.stringify(pc)).not.toMatch(/serial|uuid/i)
  })

  it('goes without a part that cannot be read, and says which and why', async () => {
    const pc = await readThisPc({
      ...readers,
      memory: () => Promise.reject(new Error('no\u202ememory')),
      disks: async () => {
        throw new TypeError('wmic is gone')
      },
      os: async () => ({ kind: 'windows', name: safeText('Windows'), version: safeText('11') }),
    })
    expect(thisPcSchema.parse(pc)).toEqual(pc)
    expect(pc).toMatchObject({ memory: null, disks: [], os: { kind: 'windows' } })
    expect(pc.missing).toEqual([
      { part: 'memory', reason: 'no‹U+202E›memory' },
      { part: 'disks', reason: 'wmic is gone' },
    ])
  })
})
