import { FieldError, Input, Label, Text, TextField } from 'react-aria-components'
import { useWords } from '../i18n/use-words.ts'
import { isFitting, type YouField as Name } from '../store/you.ts'

/** One thing that the new system is to know. */
export function YouField(props: {
  readonly name: Name
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const { t } = useWords()
  const { name, value, onChange } = props
  return (
    <TextField className="text-field" value={value} isInvalid={!isFitting(name, value)} onChange={onChange}>
      <Label>{t(`you.${name}`)}</Label>
      <Input className="text-input" maxLength={80} autoComplete="off" spellCheck={false} />
      <Text slot="description" className="quiet small">
        {t(`you.${name}Hint`)}
      </Text>
      <FieldError className="field-error">{t('you.unfitting')}</FieldError>
    </TextField>
  )
}

/** A password and the same once more. */
export function PasswordFields(props: {
  readonly value: string
  readonly again: string
  /** One was set before, and is kept when both are empty. */
  readonly isSet: boolean
  readonly onChange: (value: string, again: string) => void
}) {
  const { t } = useWords()
  const { value, again, isSet, onChange } = props
  const hint = isSet && value === '' && again === '' ? t('you.passwordSet') : ''
  return (
    <>
      <Password
        label={t('you.password')}
        hint={t('you.passwordHint')}
        value={value}
        onChange={(text) => onChange(text, again)}
      />
      <Password
        label={t('you.again')}
        hint={hint}
        error={value === again ? '' : t('you.differ')}
        value={again}
        onChange={(text) => onChange(value, text)}
      />
    </>
  )
}

function Password(props: {
  readonly label: string
  readonly hint: string
  readonly error?: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const { label, hint, error = '', value, onChange } = props
  return (
    <TextField
      className="text-field"
      type="password"
      value={value}
      isInvalid={error !== ''}
      onChange={onChange}
    >
      <Label>{label}</Label>
      <Input className="text-input" maxLength={256} autoComplete="new-password" />
      {hint === '' ? null : (
        <Text slot="description" className="quiet small">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  )
}
