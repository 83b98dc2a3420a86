import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'
import { sbatRevocation } from '../sbat-level.ts'

/** Microsoft's two UEFI certificate authorities by the SHA-256 of their certificates. */
const knownSigners: Readonly<Record<string, string>> = {
  '48e99b991f57fc52f76149599bff0a58c47154229b9f8d603ac40d3500248507': 'Microsoft Corporation UEFI CA 2011',
  f6124e34125bee3fe6d79a574eaa7b91c0e7bd9d929c1a321178efd611dad901: 'Microsoft UEFI CA 2023',
}

/** Whether this firmware would start the release's loader. Expiry dates do not count: firmware ignores them. */
export function checkSecureBoot({ machine, release }: CheckContext): readonly Finding[] {
  const { state } = machine.firmware.secureBoot
  switch (state) {
    case 'off':
    case 'unsupported':
      return []
    case 'setup-mode':
      return [finding('secure-boot-setup-mode', 'note')]
    case 'unknown':
      return release.secureBoot.signers.length === 0 ? [finding('secure-boot-state-unknown', 'warning')] : []
    case 'on':
      return enforced({ machine, release })
  }
}

function enforced({ machine, release }: Pick<CheckContext, 'machine' | 'release'>): readonly Finding[] {
  const { certificates, allowed, refused, sbatLevel } = machine.firmware.secureBoot
  const { signers, imageSha256, sbat } = release.secureBoot
  const facts = { release: release.id }
  if (refused.includes(imageSha256)) {
    return [finding('secure-boot-refused', 'blocker', { found: imageSha256, facts })]
  }
  const revoked = sbatLevel === null ? null : sbatRevocation(sbat, sbatLevel)
  if (revoked !== null) {
    const required = `${revoked.component},${revoked.required}`
    return [
      finding('secure-boot-sbat-too-old', 'blocker', {
        required,
        found: `${revoked.component},${revoked.found}`,
        facts,
      }),
    ]
  }
  if (allowed.includes(imageSha256)) return []
  if (signers.length === 0) return [finding('secure-boot-unsigned', 'blocker', { facts })]
  if (signers.some((signer) => certificates.some((certificate) => certificate.sha256 === signer))) return []
  const required = signers.map((signer) => knownSigners[signer] ?? signer).join(' or ')
  const found = certificates
    .map(({ sha256, subject }) => knownSigners[sha256] ?? (subject || sha256))
    .join(', ')
  return [finding('secure-boot-unknown-signer', 'blocker', { required, found: found || 'none', facts })]
}
