import type { Rule } from '../check-context.ts'
import { checkBerthState } from './berth-state.ts'
import { checkBitlocker } from './bitlocker.ts'
import { checkBootEntries } from './boot-entries.ts'
import { checkEncryption } from './encryption.ts'
import { checkFirmware } from './firmware.ts'
import { checkFirmwareQuirks } from './firmware-quirks.ts'
import { checkGraphics } from './graphics.ts'
import { checkPc } from './pc.ts'
import { checkRelease } from './release.ts'
import { checkSecureBoot } from './secure-boot.ts'
import { checkSpace } from './space.ts'
import { checkWindows } from './windows.ts'
import { checkWindowsEntries } from './windows-entries.ts'

/** Every rule, in the order in which a person would ask. */
export const rules: readonly Rule[] = [
  checkBerthState,
  checkFirmware,
  checkPc,
  checkRelease,
  checkGraphics,
  checkEncryption,
  checkSecureBoot,
  checkSpace,
  checkBitlocker,
  checkWindows,
  checkWindowsEntries,
  checkBootEntries,
  checkFirmwareQuirks,
]
