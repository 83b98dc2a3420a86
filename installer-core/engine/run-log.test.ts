import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { NumberedEvent, RunSummary } from '../api/methods/run-methods.ts'
import { refusedReport } from './refused-report.ts'
import { RunLog } from './run-log.ts'

const root = mkdtempSync(join(tmpdir(), 'berth-run-log-'))
afterAll(() => rmSync(root, { recursive: true }))
const run = 'run-abc-1'
const begun: RunSummary = {
  run,
  target: 'practice:a',
  goal: 'install',
  release: null,
  state: 'running',
  startedAt: '2026-11-21T00:00:00.000Z',
  endedAt: null,
  steps: [],
  lastSequence: 0,
  outcome: null,
}

const step = (sequence: number): NumberedEvent => ({
  run,
  sequence,
  time: 't',
  event: { event: 'step-begun', sequence, step: sequence - 1, kind: 'write-files' },
})

function logged(name: string, alive: boolean) {
  const folder = join(root, name)
  const log = new RunLog(folder, () => alive)
  log.begin(begun)
  log.append(step(1))
  log.append(step(2))
  return { log, file: join(folder, `${run}.jsonl`) }
}

describe('the log of a run', () => {
  it('tells how far it came, and that it was interrupted when its process is gone', () => {
    expect(logged('gone', false).log.read(run)).toEqual({
      summary: { ...begun, state: 'interrupted', steps: ['write-files', 'write-files'], lastSequence: 2 },
      events: [step(1), step(2)],
    })
    expect(logged('alive', true).log.read(run)?.summary.state).toBe('running')
  })

  it('tells its end, whether the process lives or not', () => {
    const { log } = logged('ended', false)
    const report = refusedReport('install', { code: 'cancelled', facts: {} }, 't')
    log.append({ run, sequence: 3, time: 'end', event: { event: 'run-ended', report, failure: null } })
    expect(log.read(run)?.summary).toMatchObject({ state: 'ended', outcome: 'refused', endedAt: 'end' })
  })

  it('stops at a line that was torn by a cut', () => {
    const { log, file } = logged('torn', false)
    const whole = readFileSync(file)
    const lastLine = whole.lastIndexOf('{"run"')
    for (let length = lastLine; length < whole.length - 1; length++) {
      writeFileSync(file, whole.subarray(0, length))
      expect(log.read(run)?.summary.lastSequence, `cut at ${length}`).toBe(1)
    }
    appendFileSync(file, 'x\n')
    expect(log.read(run)?.summary.lastSequence).toBe(1)
  })

  it('takes no event out of order, and nothing that is no log', () => {
    const { log, file } = logged('order', false)
    log.append(step(4))
    expect(log.read(run)?.events).toHaveLength(2)
    writeFileSync(file, 'no log\n')
    expect(log.read(run)).toBeNull()
    expect(log.read('run-other')).toBeNull()
  })

  it('lists runs newest first and leaves other files alone', () => {
    const folder = join(root, 'list')
    const log = new RunLog(folder, () => false)
    expect(log.runs()).toEqual([])
    for (const name of ['run-a-1', 'run-c-1', 'run-b-1']) log.begin({ ...begun, run: name })
    writeFileSync(join(folder, 'note.txt'), '')
    expect(log.runs()).toEqual(['run-c-1', 'run-b-1', 'run-a-1'])
  })
})
