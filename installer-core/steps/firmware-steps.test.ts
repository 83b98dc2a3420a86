import { describe, expect, it } from 'vitest'
import { guidToBytes, toHex } from '../base/guid.ts'
import { guid } from '../base/guid.ts'
import { expectOk, fail, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import { armTrial } from './arm-trial.ts'
import { orderWithout, restoreBootOrder } from './boot-order.ts'
import { confirmTrial } from './confirm-trial.ts'
import { createBootEntry } from './create-boot-entry.ts'
import { takeBack } from './removal.ts'
import { setBootNext } from './set-boot-next.ts'
import { MemoryFirmware } from './testing/memory-firmware.ts'
import { manifestWith, toolsFor } from './testing/step-tools.ts'
import {
  armedName,
  bootNextName,
  bootOrderName,
  bootVariable,
  numbersToBytes,
  trialName,
  trialValue,
} from './variables.ts'

const nonce = '0123456789abcdef0123456789abcdef'
const release = 'cut-1-x86_64' as never
const partition = guid('12345678-1234-4234-8234-123456789abc')
const ucs2 = (text: string) => [...text].flatMap((c) => [c.charCodeAt(0), 0])
const entry: StepOf<'create-boot-entry'> = {
  kind: 'create-boot-entry',
  entry: 3,
  description: 'Berth',
  disk: 'd' as never,
  partition: partition as never,
  path: '/EFI/Linux/b.efi',
  data: toHex(Uint8Array.from([1, 0, 0, 0, ...guidToBytes(partition), ...ucs2('\\EFI\\Linux\\b.efi')])),
}
const trial: StepOf<'arm-trial'> = { kind: 'arm-trial', entry: 3, release, nonce, listInOrder: false }

function pc(order: readonly number[] | null = [0, 1]): MemoryFirmware {
  const firmware = new MemoryFirmware()
  firmware.set(bootVariable(0), Uint8Array.of(9))
  firmware.set(bootVariable(1), Uint8Array.of(8))
  if (order !== null) firmware.set(bootOrderName, numbersToBytes(order))
  return firmware
}
const order = (firmware: MemoryFirmware) =>
  firmware.data(bootOrderName)?.filter((_, i) => i % 2 === 0) ?? null
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code)

describe('create-boot-entry', () => {
  const tools = (firmware: MemoryFirmware) => toolsFor(firmware, manifestWith([entry]))

  it('writes the planned bytes, proves them and takes them back', async () => {
    const firmware = pc()
    expectOk(await createBootEntry.prepare(tools(firmware), entry))
    expectOk(await createBootEntry.apply(tools(firmware), entry))
    expect(toHex(Uint8Array.from(firmware.data(bootVariable(3))!))).toBe(entry.data)
    expectOk(await createBootEntry.verify(tools(firmware), entry))
    expect(expectOk(await createBootEntry.undo(tools(firmware), entry, null))).toEqual([])
    expect(firmware.data(bootVariable(3))).toBeNull()
    expect(expectOk(await createBootEntry.undo(tools(firmware), entry, null))).toEqual([])
  })

  it('refuses a taken number and leaves what is not its own', async () => {
    const firmware = pc()
    firmware.set(bootVariable(3), Uint8Array.of(7, 7))
    expect(code(await createBootEntry.prepare(tools(firmware), entry))).toBe('already-exists')
    expect(expectOk(await createBootEntry.undo(tools(firmware), entry, null))).toEqual([
      "boot entry 0003 (it is not Berth's any more)",
    ])
    expect(firmware.data(bootVariable(3))).toEqual([7, 7])
  })

  it('recognises its own entry after firmware rewrote it', async () => {
    const firmware = pc()
    const rewritten = [1, 1, 0, 0, 5, ...guidToBytes(partition), 4, 4, ...ucs2('\\EFI\\Linux\\b.efi'), 0, 0]
    firmware.set(bootVariable(3), Uint8Array.from(rewritten))
    expect(expectOk(await createBootEntry.undo(tools(firmware), entry, null))).toEqual([])
    expect(firmware.data(bootVariable(3))).toBeNull()
  })

  it('tries an interrupted call again, three times at most', async () => {
    const firmware = pc()
    let left = 2
    firmware.fault = (call) => (call === 'write' && left-- > 0 ? fail('interrupted-call') : null)
    expectOk(await createBootEntry.apply(tools(firmware), entry))
    firmware.fault = (call) => (call === 'write' ? fail('interrupted-call') : null)
    firmware.calls = []
    expect(code(await createBootEntry.apply(tools(firmware), entry))).toBe('interrupted-call')
    expect(firmware.calls).toEqual(['write Boot0003', 'write Boot0003', 'write Boot0003'])
  })

  it('sees a variable that was accepted and is gone', async () => {
    const firmware = pc()
    firmware.fault = (call) => (call === 'write' ? 'lose' : null)
    expect(code(await createBootEntry.apply(tools(firmware), entry))).toBe('firmware-variable-lost')
  })
})

describe('arm-trial', () => {
  const tools = (firmware: MemoryFirmware, next: number | null = null) =>
    toolsFor(firmware, manifestWith([entry, trial], { bootOrder: [0, 1], bootNext: next }))

  it('arms the next start only, and disarms', async () => {
    const firmware = pc()
    expect(code(await armTrial.prepare(tools(firmware), trial))).toBe('not-found')
    firmware.set(bootVariable(3), Uint8Array.of(1))
    const record = expectOk(await armTrial.prepare(tools(firmware), trial))
    expect(record).toEqual({ order: [0, 1], next: null })
    expectOk(await armTrial.apply(tools(firmware), trial))
    expectOk(await armTrial.verify(tools(firmware), trial))
    expect(firmware.data(bootNextName)).toEqual([3, 0])
    expect(order(firmware)).toEqual([0, 1])
    expect(firmware.data(armedName)).toEqual([...trialValue(release, nonce)])
    expectOk(await armTrial.undo(tools(firmware), trial, record))
    expect([firmware.data(bootNextName), firmware.data(armedName)]).toEqual([null, null])
  })

  it('lists the entry at the very end where the firmware wants it, and takes it out again', async () => {
    const listed = { ...trial, listInOrder: true }
    const firmware = pc()
    firmware.set(bootVariable(3), Uint8Array.of(1))
    const record = expectOk(await armTrial.prepare(tools(firmware), listed))
    expectOk(await armTrial.apply(tools(firmware), listed))
    expect(order(firmware)).toEqual([0, 1, 3])
    expectOk(await armTrial.verify(tools(firmware), listed))
    expectOk(await armTrial.undo(tools(firmware), listed, record))
    expect(order(firmware)).toEqual([0, 1])
  })

  it('gives the former BootNext back while the trial waits, and not later', async () => {
    const firmware = pc()
    firmware.set(bootVariable(3), Uint8Array.of(1))
    firmware.set(bootNextName, numbersToBytes([1]))
    const record = expectOk(await armTrial.prepare(tools(firmware, 1), trial))
    expectOk(await armTrial.apply(tools(firmware, 1), trial))
    expectOk(await armTrial.undo(tools(firmware, 1), trial, record))
    expect(firmware.data(bootNextName)).toEqual([1, 0])
    firmware.set(bootNextName, numbersToBytes([3]))
    expectOk(await armTrial.undo(tools(firmware, 1), trial, record))
    expect(firmware.data(bootNextName)).toBeNull()
  })

  it('leaves marks of another installation', async () => {
    const firmware = pc()
    firmware.set(trialName, trialValue(release, 'f'.repeat(32)))
    firmware.set(armedName, trialValue(release, 'f'.repeat(32)))
    expectOk(await armTrial.undo(tools(firmware), trial, null))
    expect(firmware.data(trialName)).not.toBeNull()
    expect(firmware.data(armedName)).not.toBeNull()
  })
})

describe('confirm-trial', () => {
  const confirm: StepOf<'confirm-trial'> = {
    kind: 'confirm-trial',
    entry: 3,
    nonce,
    orderBefore: [0, 1],
    orderAfter: [0, 1, 3],
  }
  const tools = (firmware: MemoryFirmware) => toolsFor(firmware, manifestWith([confirm]))
  const started = () => {
    const firmware = pc()
    firmware.set(armedName, trialValue(release, nonce))
    firmware.set(trialName, trialValue(release, nonce))
    return firmware
  }

  it('lists the new system after it has left its mark, and goes back to the trial', async () => {
    const firmware = started()
    const record = expectOk(await confirmTrial.prepare(tools(firmware), confirm))
    expectOk(await confirmTrial.apply(tools(firmware), confirm))
    expectOk(await confirmTrial.verify(tools(firmware), confirm))
    expect([order(firmware), firmware.data(armedName)]).toEqual([[0, 1, 3], null])
    expectOk(await confirmTrial.undo(tools(firmware), confirm, record))
    expect([order(firmware), firmware.data(armedName)]).toEqual([[0, 1], [...trialValue(release, nonce)]])
  })

  it('refuses without the mark, with another nonce, and when the order has changed', async () => {
    const firmware = started()
    firmware.set(trialName, trialValue(release, 'f'.repeat(32)))
    expect(code(await confirmTrial.prepare(tools(firmware), confirm))).toBe('trial-unconfirmed')
    firmware.set(trialName, trialValue(release, nonce))
    firmware.set(bootOrderName, numbersToBytes([1, 0]))
    expect(code(await confirmTrial.prepare(tools(firmware), confirm))).toBe('identity-changed')
  })

  it('sees that the firmware put its own order back', async () => {
    const firmware = started()
    firmware.fault = (call, { name }) => (call === 'write' && name === 'BootOrder' ? 'revert' : null)
    expect(code(await confirmTrial.apply(tools(firmware), confirm))).toBe('firmware-order-reverted')
  })
})

describe('set-boot-next', () => {
  it('sets, and restores what was there', async () => {
    const step: StepOf<'set-boot-next'> = { kind: 'set-boot-next', entry: 1 }
    const firmware = pc()
    const tools = toolsFor(firmware, manifestWith([step]))
    firmware.set(bootNextName, numbersToBytes([0]))
    const record = expectOk(await setBootNext.prepare(tools, step))
    expectOk(await setBootNext.apply(tools, step))
    expectOk(await setBootNext.verify(tools, step))
    expect(firmware.data(bootNextName)).toEqual([1, 0])
    expectOk(await setBootNext.undo(tools, step, record))
    expect(firmware.data(bootNextName)).toEqual([0, 0])
    expect(code(await setBootNext.prepare(tools, { ...step, entry: 9 }))).toBe('not-found')
  })
})

describe('boot order', () => {
  it.each<[number[] | null, number[] | null, number[] | null, string]>([
    [[0, 1, 3], [0, 1], [0, 1], 'the former order comes back'],
    [[3, 0, 1], [0, 1], [0, 1], 'also when ours was first'],
    [[1, 0, 3], [0, 1], [1, 0], 'an order that somebody chose meanwhile stays'],
    [[0, 3, 7, 1], [0, 1], [0, 7, 1], 'entries that came meanwhile stay in their place'],
    [[0], [0, 1], [0], 'entries that went meanwhile stay away'],
    [[3], null, null, 'an absent variable is absent again'],
    [[3, 5], null, [5], 'unless somebody else is listed now'],
    [null, [0, 1], [], 'an order that somebody deleted is not invented'],
    [[0, 3, 1], [0, 3, 1], [0, 3, 1], 'a number that was listed before without an entry stays listed'],
  ])('%j, formerly %j, becomes %j: %s', (current, former, wanted) => {
    expect(orderWithout(current, 3, former)).toEqual(wanted)
  })

  it('lets an order without entries be absent', async () => {
    const firmware = pc([3])
    expectOk(await restoreBootOrder(firmware, 3, [0, 1]))
    expect(firmware.data(bootOrderName)).toBeNull()
    expectOk(await restoreBootOrder(firmware, 3, [0, 1]))
    expect(firmware.data(bootOrderName)).toBeNull()
  })

  it('writes nothing when nothing is to change', async () => {
    const firmware = pc()
    expectOk(await restoreBootOrder(firmware, 3, [0, 1]))
    expect(firmware.calls.filter((call) => !call.startsWith('read'))).toEqual([])
  })

  it('is taken back from the manifest alone, with whatever came meanwhile', async () => {
    const firmware = pc([3, 0, 6, 1])
    const tools = toolsFor(firmware, manifestWith([entry, trial], { bootOrder: [0, 1] }))
    const removal = { kind: 'restore-boot-order', of: 1, entry: 3, order: [0, 1] } as const
    expectOk(await takeBack(tools, removal))
    expect(order(firmware)).toEqual([0, 6, 1])
    expect(code(await takeBack(tools, { kind: 'disarm-trial', of: 0, entry: 3 }))).toBe('not-ours')
  })
})
