import type { Machine } from '../../installer-core/model/machine.ts'
import { encryptions, type Encryption } from '../../installer-core/model/you.ts'
import { useWords } from '../i18n/use-words.ts'
import { Options } from './expert-choices.tsx'

/** Whether the new system encrypts its files, by what, and what is lost with the key. */
export function EncryptionChoice(props: {
  /** The TPM of the PC; null when there is none, undefined when nobody has looked. */
  readonly tpm: Machine['tpm'] | undefined
  readonly value: Encryption | null
  readonly onChange: (value: Encryption | null) => void
}) {
  const { t } = useWords()
  const { tpm, value, onChange } = props
  const noChip = tpm === null || tpm === '1.2'
  const offered = encryptions.filter((one) => one !== 'tpm' || !noChip || value === 'tpm')
  return (
    <>
      <Options
        label={t('you.encryption')}
        value={value ?? 'none'}
        options={[
          { value: 'none', text: t('you.encryptionNone') },
          ...offered.map((one) => ({ value: one, text: t(`you.encryptionBy.${one}`) })),
        ]}
        onChange={(chosen) => onChange(encryptions.find((one) => one === chosen) ?? null)}
      />
      <p className="quiet small">{t(`you.encryptionHint.${value ?? 'none'}`)}</p>
      {noChip ? <p className="quiet small">{t('you.encryptionNoTpm')}</p> : null}
      {tpm === 'unknown' && value === 'tpm' ? (
        <p className="quiet small">{t('you.encryptionTpmUnknown')}</p>
      ) : null}
    </>
  )
}
