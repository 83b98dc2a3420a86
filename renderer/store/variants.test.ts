import { expect, it } from 'vitest'
import type { Client } from '../../installer-core/api/client.ts'
import type { ListedRelease } from '../../installer-core/api/methods/plan-methods.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { recorded } from '../stories/recorded.ts'
import { thisPc } from '../stories/story.ts'
import { Actions } from './actions.ts'
import { createPageStore } from './page-store.ts'
import { isForGraphicsOf, variantFirst } from './variants.ts'

const [forOthers, forNvidia] = recorded.variants.map(({ id }) => id)
const of = (...gpus: string[]): Machine => ({ ...recorded.laptop, gpus: gpus as unknown as Machine['gpus'] })

/** Which release is preselected on PCs that are looked at one after the other. */
async function preselected(
  machines: readonly Machine[],
  releases: readonly ListedRelease[] = recorded.variants,
) {
  const targets = machines.map((_, index) => ({ ...thisPc, id: `pc-${index}` }))
  const call = async (name: string, params: { readonly target?: string }) => {
    const machine = machines[targets.findIndex(({ id }) => id === params.target)]
    if (name === 'targets.list') return { ok: true, value: { targets } }
    if (name === 'target.probe') return { ok: true, value: { kind: 'machine', machine } }
    if (name === 'releases.list') return { ok: true, value: { folder: '/', releases } }
    if (name === 'room.get') return { ok: true, value: { room: null } }
    return { ok: true, value: { status: null } }
  }
  const store = createPageStore({ page: 'pc', target: 'pc-0', run: null, topic: null })
  const actions = new Actions(store, { call, on: () => () => undefined } as unknown as Client, {
    go: () => undefined,
  })
  const chosen: (string | null)[] = []
  for (const { id } of targets) {
    actions.look(id)
    store.setState({ route: { page: 'pc', target: id, run: null, topic: null } })
    await actions.refresh()
    chosen.push(store.getState().release)
  }
  return chosen
}

it('preselects the variant for the graphics of each PC that is looked at', async () => {
  const machines = [of('NVIDIA 10de:2504'), of('Intel 8086:9a49'), of('Intel 8086:9a49', 'NVIDIA 10de:25a0')]
  expect(await preselected(machines)).toEqual([forNvidia, forOthers, forNvidia])
  expect(await preselected([of('AMD 1002:1638')])).toEqual([forOthers])
  expect(await preselected([of()])).toEqual([forOthers])
})

it('preselects the first that suits where there are no variants, and no variant that cannot be used', async () => {
  expect(await preselected([of('NVIDIA 10de:2504')], recorded.releases)).toEqual([recorded.releases[0]?.id])
  const [usable, ...others] = recorded.variants
  if (usable === undefined) throw new Error('no variants were recorded')
  const broken = others.map((one) => ({ ...one, manifest: null }))
  expect(await preselected([of('NVIDIA 10de:2504')], [usable, ...broken])).toEqual([forOthers])
})

it('keeps every other release in its place', () => {
  const all = [...recorded.releases.slice(1), ...recorded.variants]
  const ids = all.map(({ id }) => id)
  expect(variantFirst(all, ids, of('NVIDIA 10de:2504'))).toEqual(ids)
  expect(variantFirst(all, [...ids].reverse(), of('Intel 8086:9a49'))[0]).toBe(forOthers)
  expect(variantFirst(all, ids, null)).toEqual(ids)
})

it('tells the variant for this PC from the others', () => {
  const told = (machine: Machine) =>
    recorded.variants.map((one) => isForGraphicsOf(machine, one, recorded.variants))
  expect(told(of('NVIDIA 10de:2504'))).toEqual([false, true])
  expect(told(of('Intel 8086:9a49'))).toEqual([true, false])
  expect(told(of())).toEqual([false, false])
})
