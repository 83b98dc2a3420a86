import type { sentences as english } from '../en/sentences.ts'
import { bootSentences } from './sentences-boot.ts'
import { planSentences } from './sentences-plan.ts'
import { proofSentences } from './sentences-proof.ts'
import { reportSentences } from './sentences-report.ts'
import { roleSentences } from './sentences-role.ts'
import { runSentences } from './sentences-run.ts'
import { stageSentences } from './sentences-stage.ts'
import { windowSentences } from './sentences-window.ts'

/** Jeder Satz, der nicht von einem Fehler oder einem Befund handelt, nach seinem Schlüssel. */
export const sentences = {
  'issue.unknown.message': 'Dieser Befund ({id}) stammt aus einer anderen Version von Berth.',
  'issue.unknown.remedy': 'Nehmen Sie die neueste Version, um darüber zu lesen.',
  ...bootSentences,
  ...planSentences,
  ...proofSentences,
  ...reportSentences,
  ...roleSentences,
  ...runSentences,
  ...stageSentences,
  ...windowSentences,
} as const satisfies Record<keyof typeof english, string>
