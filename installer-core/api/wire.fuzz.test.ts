import { describe, expect, it } from 'vitest'
import { fuzzInputs, seeded } from '../formats/testing/fuzz.ts'
import { ok } from '../base/result.ts'
import { createClient } from './client.ts'
import { methodNames } from './contract.ts'
import { ContractServer } from './server.ts'
import type { Transport } from './transport.ts'
import { handlersWith } from './testing/quiet-handlers.ts'

const settings = { language: 'en', theme: 'light', expert: false } as const
/** Frames cost more than headers: a tenth of what the parsers of disks get. */
const inputs = Math.ceil(fuzzInputs / 10)

/** A transport whose other end is the test. */
function harness() {
  const sent: string[] = []
  let receive: (frame: string) => void = () => undefined
  const transport: Transport = {
    send: (frame) => void sent.push(frame),
    onFrame: (listener) => (receive = listener),
    onClose: () => undefined,
    close: () => undefined,
  }
  return { sent, transport, receive: (frame: string) => receive(frame) }
}

const pieces = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  'null',
  '1e999',
  '-0',
  '"__proto__":{}',
  '\\u0000',
  '\ud800',
  '{}',
]

function mutate(frame: string, random: () => number): string {
  const pick = (below: number) => Math.floor(random() * below)
  let text = frame
  for (let changes = 1 + pick(3); changes > 0; changes -= 1) {
    const at = pick(text.length + 1)
    const piece = pieces[pick(pieces.length)] ?? ''
    text =
      random() < 0.3
        ? text.slice(0, at)
        : text.slice(0, at) + piece + text.slice(random() < 0.5 ? at : at + pick(8))
  }
  return text
}

describe('malformed frames', () => {
  it('get one answer each, whatever is in them, and stop nothing', async () => {
    const { sent, transport, receive } = harness()
    const faults: string[] = []
    const server = new ContractServer(handlersWith({ 'settings.get': () => ok(settings) }), (what) =>
      faults.push(what),
    )
    server.attach(transport)
    const seeds = methodNames.map((method, id) =>
      JSON.stringify({
        jsonrpc: '2.0',
        id,
        method,
        params: { target: 'this-pc', run: 'run-1', after: 0, text: '' },
      }),
    )
    const random = seeded(0x77697265)
    for (let i = 0; i < inputs; i++) {
      const before = sent.length
      receive(mutate(seeds[i % seeds.length] ?? '', random))
      for (let turns = 0; sent.length === before && turns < 100; turns++) await Promise.resolve()
      if (sent.length === before) await new Promise((resolve) => setImmediate(resolve))
      expect(sent.length, `input ${i}`).toBe(before + 1)
      const answer = JSON.parse(sent.pop() ?? '') as object
      expect('result' in answer !== 'error' in answer, `input ${i}`).toBe(true)
    }
    expect(faults).toEqual([])
    receive(JSON.stringify({ jsonrpc: '2.0', id: 'x', method: 'settings.get', params: {} }))
    await new Promise((resolve) => setImmediate(resolve))
    expect(JSON.parse(sent.at(-1) ?? '')).toEqual({ jsonrpc: '2.0', id: 'x', result: settings })
  })

  it('from an engine do not bring a page down', () => {
    const { transport, receive } = harness()
    const client = createClient(transport, { locale: 'en' })
    let heard = 0
    client.on('settings.changed', () => (heard += 1))
    const seeds = [
      JSON.stringify({ jsonrpc: '2.0', method: 'settings.changed', params: settings }),
      JSON.stringify({ jsonrpc: '2.0', id: 1, result: settings }),
      JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: 1, message: 'm', data: {} } }),
    ]
    const random = seeded(0x70616765)
    for (let i = 0; i < inputs; i++) receive(mutate(seeds[i % seeds.length] ?? '', random))
    const before = heard
    receive(seeds[0] ?? '')
    expect(heard).toBe(before + 1)
  })
})
