import { useState, type FormEvent } from 'react'
import { Button, Form } from 'react-aria-components'
import type { Machine } from '../../installer-core/model/machine.ts'
import type { KnownNetworks } from '../../installer-core/model/networks.ts'
import type { CredentialKind, Encryption, SuggestedYou, You } from '../../installer-core/model/you.ts'
import { EncryptionChoice } from '../components/encryption-choice.tsx'
import { NetworkChoice } from '../components/network-choice.tsx'
import { PageFrame } from '../components/page-frame.tsx'
import { PasswordFields, YouField } from '../components/you-fields.tsx'
import { useWords } from '../i18n/use-words.ts'
import {
  filledIn,
  isFitting,
  kindOf,
  person,
  ways,
  type Fields,
  type YouField as Name,
} from '../store/you.ts'

export interface YouPageProps {
  /** What the release takes over; nothing else is asked for. */
  readonly takes: readonly CredentialKind[]
  readonly suggested: SuggestedYou
  /** Wi-Fi networks of the present system; null where none can be asked for. */
  readonly networks: KnownNetworks | null
  /** The PC's TPM; undefined when nobody has looked. */
  readonly tpm: Machine['tpm'] | undefined
  /** What was filled in before. */
  readonly chosen: You | null
  readonly onBack: () => void
  /** Everything is left to the new system, but for how files are encrypted, which it does not ask. */
  readonly onSkip: (encryption: Encryption | null) => void
  readonly onNext: (you: You) => void
}

/** What the new system is to know, so that it asks nothing at its first start. Everything may be left empty. */
export function YouPage(props: YouPageProps) {
  const { t } = useWords()
  const { chosen, suggested, takes } = props
  const { encryption: asked = null, ...filled } = chosen ?? {}
  // Where everything else was left to the new system, what could be filled in is offered again.
  const [fields, setFields] = useState<Fields>(Object.keys(filled).length > 0 ? filled : suggested)
  // The password stays in this page; only its salted hash leaves it.
  const [[password, again], setPassword] = useState(['', ''])
  const [encryption, setEncryption] = useState<Encryption | null>(asked)
  const known = takes.includes('wifi') ? props.networks : null
  const [ticked, setTicked] = useState<readonly string[]>(chosen?.wifi?.map(({ name }) => name) ?? [])
  const fits = password === again && [...person, ...ways].every((name) => isFitting(name, fields[name] ?? ''))
  const go = (event: FormEvent) => {
    event.preventDefault()
    if (!fits) return
    const networks = known?.networks.filter(({ id }) => ticked.includes(id)) ?? []
    const you = filledIn(fields, takes, password ?? '', chosen, networks)
    props.onNext(encryption === null ? you : { ...you, encryption })
  }
  const field = (name: Name) => (
    <YouField
      key={name}
      name={name}
      value={fields[name] ?? ''}
      onChange={(value) => setFields({ ...fields, [name]: value })}
    />
  )
  const isTaken = (name: Name) => takes.includes(kindOf[name])
  return (
    <Form onSubmit={go}>
      <PageFrame
        title={t('you.title')}
        lead={t('you.lead')}
        actions={<Ways onBack={props.onBack} fits={fits} onSkip={() => props.onSkip(encryption)} />}
      >
        <div className="columns">
          <section className="card you-fields">
            <h2 className="section-title">{t('you.person')}</h2>
            {person.filter(isTaken).map(field)}
            {takes.includes('password-hash') ? (
              <PasswordFields
                value={password ?? ''}
                again={again ?? ''}
                isSet={chosen?.passwordHash !== undefined}
                onChange={(...both) => setPassword(both)}
              />
            ) : null}
          </section>
          <section className="card you-fields">
            <h2 className="section-title">{t('you.ways')}</h2>
            {ways.filter(isTaken).map(field)}
            <p className="quiet small">{t('you.where')}</p>
          </section>
          {known === null ? null : <NetworkChoice known={known} chosen={ticked} onChange={setTicked} />}
          {takes.includes('encryption') || asked !== null ? (
            <section className="card you-fields you-wide">
              <h2 className="section-title">{t('you.files')}</h2>
              <EncryptionChoice tpm={props.tpm} value={encryption} onChange={setEncryption} />
            </section>
          ) : null}
        </div>
      </PageFrame>
    </Form>
  )
}

function Ways(props: { readonly onBack: () => void; readonly onSkip: () => void; readonly fits: boolean }) {
  const { onBack, onSkip, fits } = props
  const { t } = useWords()
  return (
    <>
      <Button className="button button-plain" onPress={onBack}>
        {t('action.back')}
      </Button>
      <Button className="button" onPress={onSkip}>
        {t('you.skip')}
      </Button>
      <Button className="button button-primary" type="submit" isDisabled={!fits}>
        {t('action.next')}
      </Button>
    </>
  )
}
