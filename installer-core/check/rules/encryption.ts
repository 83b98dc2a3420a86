import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'

/** Whether the files of the new system can be encrypted as was asked for, and what is lost with the key. */
export function checkEncryption({ machine, choices, release }: CheckContext): readonly Finding[] {
  const encryption = choices.you?.encryption
  if (encryption === undefined) return []
  const takes = release.firstStart?.takes.includes('encryption') === true
  if (!takes || release.needs.data === null)
    return [finding('encryption-not-offered', 'blocker', { facts: { release: release.id } })]
  if (encryption === 'passphrase') return [finding('encryption-by-passphrase', 'note')]
  const byTpm = finding('encryption-by-tpm', 'note')
  switch (machine.tpm) {
    case '2.0':
      return [byTpm]
    case 'unknown':
      return [byTpm, finding('encryption-tpm-unknown', 'warning')]
    case '1.2':
    case null:
      return [
        finding('encryption-needs-tpm', 'blocker', {
          required: 'TPM 2.0',
          ...(machine.tpm === null ? {} : { found: `TPM ${machine.tpm}` }),
        }),
      ]
  }
}
