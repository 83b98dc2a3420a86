import { expectOk } from '../../base/result.ts'
import { fromHex } from '../../base/guid.ts'
import { manifestPath } from '../../model/manifest.ts'
import { sourceOf } from '../../steps/byte-sources.ts'
import { bootOrderName, bootVariable, numbersToBytes } from '../../steps/variables.ts'
import { toolsOn } from './open-world.ts'
import {
  copyEntry,
  installPlan,
  loaderPath,
  ownEntry,
  releaseFiles,
  targetOf,
  type Scenario,
} from './scenario.ts'
import type { World } from './world.ts'

/**
 * What updates, firmware and accidents do to an installation, all at once: the entry is gone, a copy of it stands
 * in the order instead, the loader is cut short, the other file and the record are gone.
 */
export async function harmWorld(world: World, scenario: Scenario): Promise<void> {
  const { platform } = toolsOn(world)
  const { disk, partition } = targetOf(scenario)
  const tree = expectOk(await platform.openBootVolume(disk, partition))
  for (const path of [...Object.keys(releaseFiles), manifestPath]) expectOk(await tree.remove(path))
  expectOk(await tree.create(loaderPath, sourceOf(releaseFiles[loaderPath]!.subarray(0, 70_000))))
  expectOk(await tree.sync())
  expectOk(await tree.close())
  const entry = installPlan(scenario).steps.find((step) => step.kind === 'create-boot-entry')
  const write = (name: typeof bootOrderName, data: Uint8Array) =>
    platform.firmware.write(name, { attributes: 7, data })
  expectOk(await write(bootVariable(copyEntry), fromHex(entry?.data ?? '')))
  expectOk(await write(bootOrderName, numbersToBytes([0, copyEntry])))
  expectOk(await platform.firmware.delete(bootVariable(ownEntry)))
}
