import { expect } from 'vitest'
import { expectOk } from '../../installer-core/base/result.ts'
import { findSection, parsePe } from '../../installer-core/formats/pe/parse-pe.ts'
import {
  makeStandIn,
  makeUnloadableFile,
  standInLines,
} from '../../installer-core/practice/stand-in/stand-in.ts'
import { expectStart, scenario } from './scenario.ts'

scenario('windows', 'install, trial, back, confirm, switch both ways, undo', async (pc) => {
  const before = await pc.snapshot()
  await pc.install()
  const trial = await pc.boot({
    until: 'windows',
    reactions: [{ when: /^berth#/, act: { type: 'back-to-windows\n' } }],
  })
  expect(trial.starts.map((start) => [start.description, start.reason, start.end])).toEqual([
    [expect.stringContaining('Berth'), 'boot-next', 'restart'],
    ['Windows Boot Manager', 'boot-next', 'power-off'],
  ])
  await pc.confirm()
  await pc.expectWindows('first-in-order')
  await pc.switchTo('berth')
  await pc.expectBerth('boot-next')
  await pc.switchTo('windows')
  await pc.expectWindows('boot-next')
  await pc.undo()
  await pc.expectWindows('first-in-order')
  await pc.expectUnchangedSince(before)
})

scenario('windows-4kn', 'trial, confirmed as the default, undo', async (pc) => {
  const before = await pc.snapshot()
  await pc.install()
  await pc.expectBerth('boot-next')
  await pc.confirm('--default', 'new')
  await pc.expectBerth('first-in-order')
  await pc.undo()
  await pc.expectWindows('first-in-order')
  await pc.expectUnchangedSince(before)
})

scenario('windows-big-esp', 'the system goes onto the ESP itself, and away again', async (pc) => {
  const before = await pc.snapshot()
  await pc.install()
  await pc.expectBerth('boot-next')
  await pc.expectWindows('first-in-order')
  await pc.undo()
  await pc.expectUnchangedSince(before)
})

scenario('linux-windows', 'the trial beside two systems, and away again', async (pc) => {
  const before = await pc.snapshot()
  await pc.install()
  await pc.expectBerth('boot-next')
  await pc.confirm()
  expectStart(await pc.boot({ until: 'linux' }), { starts: 'Linux Boot Manager', reason: 'first-in-order' })
  await pc.switchTo('windows')
  await pc.expectWindows('boot-next')
  await pc.undo()
  await pc.expectUnchangedSince(before)
})

scenario(
  'windows',
  'its entry and its place in the order lost, repaired, and taken away to the last byte',
  async (pc) => {
    const before = await pc.snapshot()
    const { last } = await pc.berth('probe')
    await pc.install()
    await pc.expectBerth('boot-next')
    await pc.confirm()
    await pc.loseEntry((last['firmware'] as { readonly bootOrder: readonly number[] }).bootOrder)
    expect(await pc.findings()).toEqual(['berth-entry-missing'])
    await pc.expectWindows('first-in-order')
    await pc.repair()
    await pc.switchTo('berth')
    await pc.switchTo('--cancel')
    await pc.expectWindows('first-in-order')
    await pc.switchTo('berth')
    await pc.expectBerth('boot-next')
    await pc.undo()
    await pc.expectWindows('first-in-order')
    await pc.expectUnchangedSince(before)
  },
)

scenario('windows', 'an unloadable system: the same start goes on to Windows', async (pc) => {
  await pc.install()
  await pc.replaceLoader(makeUnloadableFile)
  const boot = await pc.boot({ until: 'windows' })
  expectStart(boot, { starts: 'Windows Boot Manager', reason: 'first-in-order' })
  expect(boot.starts[0]?.failed.map((failure) => failure.description)).toEqual([
    expect.stringContaining('Berth'),
  ])
  expect(await pc.state()).toBe('damaged')
})

scenario('windows', 'a kernel panic: the restart after it is Windows', async (pc) => {
  await pc.install()
  await pc.replaceLoader(withoutInitrd)
  const boot = await pc.boot({ until: 'windows' })
  expect(boot.starts.map((start) => start.end)).toEqual(['restart', 'power-off'])
  expect(boot.starts[0]?.lines.some((line) => line.text.includes('Kernel panic'))).toBe(true)
  expectStart(boot, { starts: 'Windows Boot Manager', reason: 'first-in-order' })
})

scenario('windows', 'a hang, ended by the power button: the next start is Windows', async (pc) => {
  await pc.install()
  await pc.replaceLoader(() => makeStandIn('hanging'))
  const hang = await pc.boot({
    reactions: [{ when: new RegExp(standInLines.hanging), act: 'hold-power-button' }],
  })
  expect(hang.starts.map((start) => [start.reason, start.end])).toEqual([['boot-next', 'cut']])
  await pc.expectWindows('first-in-order')
})

/** The system with an initrd of zeros: its kernel finds nothing to start, and panics. */
function withoutInitrd(loader: Uint8Array): Uint8Array {
  const section = findSection(expectOk(parsePe(loader)), '.initrd')
  if (section === null) throw new Error('the system has no initrd')
  return loader.slice().fill(0, section.rawOffset, section.rawOffset + section.rawSize)
}
