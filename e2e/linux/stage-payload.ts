import { join } from 'node:path'
import { expectOk } from '../../installer-core/base/result.ts'
import { buildStage } from '../../installer-core/system/build-stage.ts'
import type { MorePayload } from './guest-payload.ts'

/** Gives a guest the offline stage, with the same program in it as beside it, as `/run/payload/stage`. */
export const withStage: MorePayload = async (content, signer) => {
  const program = join(content, 'berth')
  expectOk(await buildStage({ out: join(content, 'stage'), program, signer }))
}
