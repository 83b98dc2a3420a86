import { describe, expect, it } from 'vitest'
import type { WireEvent } from '../../installer-core/api/methods/run-methods.ts'
import { isRunning, newRunView, stepsDone, withEvent } from './run-view.ts'

const numbered = (sequence: number, event: WireEvent) => ({ run: 'run-a', sequence, time: '', event })
const begun: WireEvent = { event: 'run-begun', sequence: 0, run: 'run-a', steps: 2 }
const first: WireEvent = { event: 'step-begun', sequence: 1, step: 0, kind: 'shrink-volume' }
const ended: WireEvent = { event: 'step-ended', sequence: 2, step: 0, state: 'verified' }

describe('a run as the page shows it', () => {
  it('follows from its events alone, so that a reloaded page shows the same', () => {
    const view = [begun, first, ended].reduce(
      (known, event, at) => withEvent(known, numbered(at + 1, event)),
      newRunView('run-a', 'install'),
    )
    expect(view.steps).toEqual([
      { kind: 'shrink-volume', state: 'verified' },
      { kind: null, state: 'waiting' },
    ])
    expect(stepsDone(view)).toBe(1)
    expect(isRunning(view)).toBe(true)
  })

  it('takes every event once and none of another run', () => {
    const view = withEvent(newRunView('run-a', 'install'), numbered(1, begun))
    expect(withEvent(view, numbered(1, first))).toBe(view)
    expect(withEvent(view, { ...numbered(2, first), run: 'run-b' })).toBe(view)
  })

  it('is over once its report has come', () => {
    const report = { outcome: 'rolled-back' } as never
    const view = withEvent(
      newRunView('run-a', 'install'),
      numbered(1, { event: 'run-ended', report, failure: null }),
    )
    expect(isRunning(view)).toBe(false)
  })
})
