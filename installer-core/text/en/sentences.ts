import { bootSentences } from './sentences-boot.ts'
import { planSentences } from './sentences-plan.ts'
import { proofSentences } from './sentences-proof.ts'
import { reportSentences } from './sentences-report.ts'
import { roleSentences } from './sentences-role.ts'
import { runSentences } from './sentences-run.ts'
import { stageSentences } from './sentences-stage.ts'
import { windowSentences } from './sentences-window.ts'

/** Every sentence that is not about a failure or a finding, by its key. */
export const sentences = {
  'issue.unknown.message': 'This finding ({id}) comes from another version of Berth.',
  'issue.unknown.remedy': 'Use the newest version to read about it.',
  ...bootSentences,
  ...planSentences,
  ...proofSentences,
  ...reportSentences,
  ...roleSentences,
  ...runSentences,
  ...stageSentences,
  ...windowSentences,
} as const
