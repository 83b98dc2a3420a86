import { describe, expect, it } from 'vitest'
import { bytes, lba } from '../base/bytes.ts'
import { toHex } from '../base/guid.ts'
import { expectOk, ok, type Result } from '../base/result.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { manifestPath } from '../model/manifest.ts'
import type { StepOf } from '../model/plan.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import type { StepTools } from '../ports/step.ts'
import { sourceOf } from './byte-sources.ts'
import { clearBootNext } from './clear-boot-next.ts'
import { replaceBootEntry } from './replace-boot-entry.ts'
import { restoreFiles } from './restore-files.ts'
import { setBootOrder } from './set-boot-order.ts'
import { MemoryFirmware } from './testing/memory-firmware.ts'
import { MemoryTree } from './testing/memory-tree.ts'
import { manifestWith, toolsFor } from './testing/step-tools.ts'
import { bootNextName, bootOrderName, bootVariable, numbersToBytes } from './variables.ts'

const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code)
const content = { '/EFI/Berth/a.efi': 'the kernel', '/berth/root.img': 'the root' } as const
type Path = keyof typeof content
const sha256 = (text: string) => {
  const hash = nodeHasher.sha256()
  hash.update(Buffer.from(text))
  return hash.hex()
}
const args: StepOf<'restore-files'> = {
  kind: 'restore-files',
  target: { disk: 'd' as never, partition: 'p' as never, start: lba(2048), size: bytes(1 << 20) },
  release: 'cut-1-x86_64' as never,
  files: Object.entries(content).map(([path, text], i) => ({
    source: `f${i}`,
    path,
    size: bytes(text.length),
    sha256: sha256(text),
  })),
  markers: [{ path: '/loader/entries.srel', data: toHex(Buffer.from('type1\n')) }],
  manifest: true,
  totalBytes: bytes(24),
}
const release = {
  openFile: async ({ path }: { path: Path }) => ok(sourceOf(Buffer.from(content[path]))),
} as unknown as OpenRelease

function tools(tree: MemoryTree, more: Partial<StepTools> = {}): StepTools {
  const partition = { id: 'p', start: 2048, size: 1 << 20, volume: { fileSystem: 'fat32' } }
  const platform = {
    probe: async () => ok({ disks: [{ id: 'd', partitions: [partition] }] }),
    openBootVolume: async (): Promise<Result<FileTree>> => ok(tree),
  } as unknown as Platform
  return toolsFor(platform, manifestWith([]), { release, ...more })
}

/** One file changed, the other gone, and no record; a file of somebody else's beside them. */
function damaged(): MemoryTree {
  return new MemoryTree({ '/EFI/Berth/a.efi': 'the weevil', '/EFI/Berth/theirs.txt': 'mine' })
}
const state = (tree: MemoryTree) => tree.paths().map((path) => `${path} ${tree.text(path) ?? ''}`)

describe('restore-files', () => {
  it('writes what is missing or changed, proves it, and lets the old go only at the end', async () => {
    const tree = damaged()
    expectOk(await restoreFiles.prepare(tools(tree), args))
    expect(tree.calls.filter((call) => !/^(stat|free)/.test(call))).toEqual([])
    expectOk(await restoreFiles.apply(tools(tree), args))
    for (const [path, text] of Object.entries(content)) expect(tree.text(path)).toBe(text)
    expect(tree.text('/loader/entries.srel')).toBe('type1\n')
    expect(tree.text(manifestPath)).toContain('berth/manifest/1')
    const evidence = expectOk(await restoreFiles.verify(tools(tree), args))
    expect(evidence.map((one) => one.code)).toEqual(['manifest-there', 'file-there', 'file-there'])
    expect(tree.paths().filter((path) => path.endsWith('.tmp'))).toEqual(['/loader/berth/old-2.tmp'])
    expectOk(await restoreFiles.settle!(tools(tree), args))
    expect(tree.paths().filter((path) => path.endsWith('.tmp'))).toEqual([])
    expect(tree.text('/EFI/Berth/theirs.txt')).toBe('mine')
  })

  it('has every new file durable before the first old one moves', async () => {
    const tree = damaged()
    expectOk(await restoreFiles.apply(tools(tree), args))
    const moves = tree.calls.findIndex((call) => call.startsWith('rename'))
    const creates = tree.calls.filter((call) => call.startsWith('create'))
    expect(creates).toHaveLength(4)
    expect(tree.calls.slice(moves).filter((call) => call.startsWith('create'))).toEqual([])
    expect(tree.calls[moves - 1]).toMatch(/sync|stat/)
  })

  it('is taken back exactly, from wherever it stopped', async () => {
    const calls = ['create', 'rename', 'sync', 'makeFolder', 'remove'] as const
    let stops = 0
    for (let after = 0; ; after += 1) {
      const tree = damaged()
      const before = state(tree)
      const record = expectOk(await restoreFiles.prepare(tools(tree), args))
      let left = after
      for (const call of calls) {
        const inner = tree[call].bind(tree) as (...given: unknown[]) => Promise<Result<void>>
        Object.assign(tree, {
          [call]: async (...given: unknown[]) => {
            if (left-- === 0) throw new Error('power')
            return inner(...given)
          },
        })
      }
      const done = await restoreFiles.apply(tools(tree), args).then(
        (result) => result.ok,
        () => false,
      )
      for (const call of calls) Reflect.deleteProperty(tree, call)
      expect(expectOk(await restoreFiles.undo(tools(tree, { recovering: true }), args, record))).toEqual([])
      expect(state(tree), `after ${after} calls`).toEqual(before)
      expect(expectOk(await restoreFiles.undo(tools(tree, { recovering: true }), args, record))).toEqual([])
      expect(state(tree), `twice, after ${after} calls`).toEqual(before)
      stops += 1
      if (done) break
    }
    expect(stops).toBeGreaterThan(15)
  })

  it('never takes what an earlier run left for what was there', async () => {
    const tree = damaged()
    tree.put('/loader/berth/old-2.tmp', 'of an earlier run')
    const record = expectOk(await restoreFiles.prepare(tools(tree), args))
    expectOk(await restoreFiles.undo(tools(tree), args, record))
    expect(tree.text('/EFI/Berth/a.efi')).toBe('the weevil')
  })

  it('refuses a full volume and another partition before the first write, and a release that is not at hand', async () => {
    const tree = damaged()
    tree.room = 5000
    expect(code(await restoreFiles.prepare(tools(tree), args))).toBe('no-space')
    const elsewhere = { ...args, target: { ...args.target, start: lba(4096) } }
    expect(code(await restoreFiles.prepare(tools(damaged()), elsewhere))).toBe('identity-changed')
    expect(code(await restoreFiles.apply(tools(damaged(), { release: null }), args))).toBe(
      'release-not-found',
    )
    const wrong = damaged()
    await restoreFiles.apply(tools(wrong), args)
    wrong.put('/berth/root.img', 'the rust')
    expect(code(await restoreFiles.verify(tools(wrong), args))).toBe('read-back-differs')
  })

  it('says so when the record of what was replaced is lost', async () => {
    expect(expectOk(await restoreFiles.undo(tools(damaged()), args, null))).toHaveLength(1)
  })
})

function pc(): MemoryFirmware {
  const firmware = new MemoryFirmware()
  firmware.set(bootVariable(3), Uint8Array.of(7, 7))
  firmware.set(bootOrderName, numbersToBytes([0, 1]))
  return firmware
}
const firmwareTools = (firmware: MemoryFirmware) => toolsFor(firmware, manifestWith([]))
const hexOf = (firmware: MemoryFirmware, number: number) => {
  const data = firmware.data(bootVariable(number))
  return data === null ? null : toHex(Uint8Array.from(data))
}

describe('replace-boot-entry', () => {
  it.each([['010203'], [null]])('puts %s in its place, proves it, and takes it back', async (after) => {
    const step: StepOf<'replace-boot-entry'> = { kind: 'replace-boot-entry', entry: 3, before: '0707', after }
    const firmware = pc()
    const own = firmwareTools(firmware)
    expectOk(await replaceBootEntry.prepare(own, step))
    expectOk(await replaceBootEntry.apply(own, step))
    expectOk(await replaceBootEntry.verify(own, step))
    expect(hexOf(firmware, 3)).toBe(after)
    for (const again of [1, 2]) {
      expect(expectOk(await replaceBootEntry.undo(own, step, null)), `${again}`).toEqual([])
      expect(hexOf(firmware, 3)).toBe('0707')
    }
    expect(code(await replaceBootEntry.verify(own, step))).toBe('read-back-differs')
  })

  it('refuses an entry that is not as planned, and leaves it when it takes back', async () => {
    const step: StepOf<'replace-boot-entry'> = {
      kind: 'replace-boot-entry',
      entry: 3,
      before: '0808',
      after: '09',
    }
    const firmware = pc()
    expect(code(await replaceBootEntry.prepare(firmwareTools(firmware), step))).toBe('identity-changed')
    expect(expectOk(await replaceBootEntry.undo(firmwareTools(firmware), step, null))).toHaveLength(1)
    expect(hexOf(firmware, 3)).toBe('0707')
  })
})

describe('set-boot-order', () => {
  const step: StepOf<'set-boot-order'> = {
    kind: 'set-boot-order',
    entry: 3,
    before: [0, 1],
    after: [3, 0, 1],
  }
  const order = (firmware: MemoryFirmware) => firmware.data(bootOrderName)?.filter((_, i) => i % 2 === 0)

  it('writes the planned order, proves it, and takes it back', async () => {
    const firmware = pc()
    const own = firmwareTools(firmware)
    expectOk(await setBootOrder.prepare(own, step))
    expectOk(await setBootOrder.apply(own, step))
    expectOk(await setBootOrder.verify(own, step))
    expect(order(firmware)).toEqual([3, 0, 1])
    expectOk(await setBootOrder.undo(own, step, null))
    expect(order(firmware)).toEqual([0, 1])
    expect(code(await setBootOrder.verify(own, step))).toBe('firmware-order-reverted')
  })

  it('refuses another order than planned, and keeps what came meanwhile', async () => {
    const firmware = pc()
    firmware.set(bootOrderName, numbersToBytes([1, 0]))
    expect(code(await setBootOrder.prepare(firmwareTools(firmware), step))).toBe('identity-changed')
    firmware.set(bootOrderName, numbersToBytes([3, 0, 5, 1]))
    expectOk(await setBootOrder.undo(firmwareTools(firmware), step, null))
    expect(order(firmware)).toEqual([0, 5, 1])
  })

  it('sees firmware that puts its own order back', async () => {
    const firmware = pc()
    firmware.fault = (call, { name }) => (call === 'write' && name === 'BootOrder' ? 'revert' : null)
    expect(code(await setBootOrder.apply(firmwareTools(firmware), step))).toBe('firmware-order-reverted')
  })
})

describe('clear-boot-next', () => {
  const step: StepOf<'clear-boot-next'> = { kind: 'clear-boot-next', entry: 3 }

  it('takes the choice back, proves it, and gives it again', async () => {
    const firmware = pc()
    const own = firmwareTools(firmware)
    firmware.set(bootNextName, numbersToBytes([3]))
    expectOk(await clearBootNext.prepare(own, step))
    expectOk(await clearBootNext.apply(own, step))
    expectOk(await clearBootNext.verify(own, step))
    expect(firmware.data(bootNextName)).toBeNull()
    expectOk(await clearBootNext.undo(own, step, null))
    expect(firmware.data(bootNextName)).toEqual([3, 0])
    expect(code(await clearBootNext.verify(own, step))).toBe('read-back-differs')
  })

  it('leaves a choice that somebody else made meanwhile', async () => {
    const firmware = pc()
    firmware.set(bootNextName, numbersToBytes([1]))
    expect(code(await clearBootNext.prepare(firmwareTools(firmware), step))).toBe('identity-changed')
    expectOk(await clearBootNext.undo(firmwareTools(firmware), step, null))
    expect(firmware.data(bootNextName)).toEqual([1, 0])
  })
})
