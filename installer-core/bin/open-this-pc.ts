import { openLinuxPc } from '../adapters/linux/open-linux-pc.ts'
import type { PcOpener } from '../helper/open-pc.ts'

/** The PC that a helper works on: the very one it runs on, and no other. */
export const openThisPc: PcOpener = (options) => openLinuxPc(options)
