import { fail } from '../base/result.ts'
import type { PcOpener } from '../helper/open-pc.ts'

/** The PC that a helper works on: the very one it runs on, and no other. */
export const openThisPc: PcOpener = async () => fail('this-pc-later')
