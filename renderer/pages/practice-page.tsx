import { useState } from 'react'
import { Button, FieldError, Input, Label, Text, TextField } from 'react-aria-components'
import type { PracticeInput, PracticeStart } from '../../installer-core/api/methods/practice-methods.ts'
import type { Target } from '../../installer-core/api/methods/target-methods.ts'
import { AskFirst } from '../components/ask-first.tsx'
import { Options } from '../components/expert-choices.tsx'
import { Icon } from '../components/icon.tsx'
import { PracticeScreen } from '../components/practice-screen.tsx'
import { More, PageFrame, Section } from '../components/page-frame.tsx'
import { FailureBox, Loaded, Loading } from '../components/state-views.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { Load } from '../store/load.ts'
import type { PracticeView, Template } from '../store/page-state.ts'
import type { PracticeSource } from '../store/practice-actions.ts'

export interface PracticePageProps {
  readonly targets: Load<readonly Target[]>
  readonly shown: Target | null
  readonly practice: PracticeView
  readonly onShow: (target: string) => void
  readonly onLook: (target: string) => void
  readonly onDelete: (target: string) => void
  readonly onMake: (name: string, from: PracticeSource) => void
  readonly onStart: (target: string) => void
  readonly onPower: (target: string, action: 'cut' | 'button') => void
  readonly onInput: (target: string, input: PracticeInput) => void
  readonly onRetry: () => void
}

/** Practice PCs: make one, start it with its screen here, cut its power, and see what starts next and why. */
export function PracticePage(props: PracticePageProps) {
  const { t } = useWords()
  const { shown, practice } = props
  return (
    <PageFrame title={t('practice.title')} lead={t('practice.lead')} wide>
      {practice.failure === null ? null : <FailureBox failure={practice.failure} />}
      {shown === null || shown.kind !== 'practice-pc' ? null : <Live {...props} shown={shown} />}
      <Loaded load={props.targets} waiting={t('state.loadingTargets')} onRetry={props.onRetry}>
        {(targets) => <List {...props} list={targets} />}
      </Loaded>
      <MakeBox {...props} />
    </PageFrame>
  )
}

function Live(props: PracticePageProps & { readonly shown: Target }) {
  const { t } = useWords()
  const { shown, practice } = props
  const powered = practice.state !== null && practice.state.state !== 'off'
  return (
    <section className="card">
      <h2 className="section-title hostile">{t('practice.screen', { name: shown.name })}</h2>
      <PracticeScreen
        name={shown.name}
        screen={practice.screen}
        powered={powered}
        onInput={(input) => props.onInput(shown.id, input)}
      />
      <p id="screen-hint" className="quiet small">
        {t('practice.screenHint')}
      </p>
      <div className="button-row">
        {powered ? (
          <>
            <Button className="button" onPress={() => props.onPower(shown.id, 'button')}>
              {t('practice.button')}
            </Button>
            <Button className="button button-danger" onPress={() => props.onPower(shown.id, 'cut')}>
              {t('practice.cut')}
            </Button>
          </>
        ) : (
          <Button className="button button-primary" onPress={() => props.onStart(shown.id)}>
            {t('practice.start')}
          </Button>
        )}
        <Button className="button" onPress={() => props.onLook(shown.id)}>
          {t('practice.use')}
        </Button>
      </div>
      {powered ? <p className="quiet small">{t('practice.cutHint')}</p> : null}
      <div className="columns">
        {practice.next === null ? null : (
          <Section title={t('practice.next')}>
            <p className="hostile">{practice.next.sentence}</p>
          </Section>
        )}
        {practice.starts.length === 0 ? null : <Starts starts={practice.starts} />}
      </div>
      <More title={t('practice.console')}>
        <pre className="log hostile" tabIndex={0}>
          {practice.lines.length === 0 ? t('practice.consoleEmpty') : practice.lines.slice(-200).join('\n')}
        </pre>
      </More>
    </section>
  )
}

const reasonKeys = {
  'boot-next': 'practice.reasonBootNext',
  'first-in-order': 'practice.reasonFirst',
  'later-in-order': 'practice.reasonLater',
  'found-by-firmware': 'practice.reasonFound',
  'nothing-started': 'practice.reasonNothing',
} as const

function Starts({ starts }: { readonly starts: readonly PracticeStart[] }) {
  const { t } = useWords()
  return (
    <Section title={t('practice.starts')}>
      <ul className="plain-list">
        {starts.map((start) => (
          <li key={start.start} className="hostile">
            {t('practice.startRow', {
              number: start.start,
              name: start.description ?? t('practice.startNothing'),
            })}{' '}
            <span className="quiet">({t(reasonKeys[start.reason])})</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function List(props: PracticePageProps & { readonly list: readonly Target[] }) {
  const { t } = useWords()
  const own = props.list.filter((one) => one.kind === 'practice-pc')
  return (
    <Section title={t('practice.yours')}>
      {own.length === 0 ? <p className="quiet">{t('practice.empty')}</p> : null}
      <ul className="plain-list target-list">
        {own.map((target) => (
          <li key={target.id} className="target-row">
            <span className="target-name">
              <Icon name="pc" />
              <span className="hostile">{target.name}</span>
              {target.running ? <span className="tag">{t('welcome.running')}</span> : null}
              {target.state === 'being-made' ? <span className="tag">{t('welcome.making')}</span> : null}
            </span>
            <span className="button-row">
              {target.id === props.shown?.id ? null : (
                <Button
                  className="button"
                  aria-label={`${t('practice.show')}: ${target.name}`}
                  isDisabled={target.state !== 'ready'}
                  onPress={() => props.onShow(target.id)}
                >
                  {t('practice.show')}
                </Button>
              )}
              <Button
                className="button"
                aria-label={`${t('practice.use')}: ${target.name}`}
                isDisabled={target.state !== 'ready'}
                onPress={() => props.onLook(target.id)}
              >
                {t('practice.use')}
              </Button>
              <AskFirst
                button={t('practice.delete')}
                label={`${t('practice.delete')}: ${target.name}`}
                isDisabled={target.running || target.run !== null || target.state === 'being-made'}
                title={t('practice.deleteTitle', { name: target.name })}
                text={t('practice.deleteText')}
                yes={t('practice.deleteYes')}
                no={t('practice.deleteNo')}
                onYes={() => props.onDelete(target.id)}
              />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function MakeBox(props: PracticePageProps) {
  const { t } = useWords()
  const { templates, making } = props.practice
  const [kind, setKind] = useState('windows')
  const [name, setName] = useState('my-practice-pc')
  const recordings =
    props.targets.state === 'ready' ? props.targets.value.filter((one) => one.kind === 'recording') : []
  const empty =
    props.targets.state === 'ready' && !props.targets.value.some((one) => one.kind === 'practice-pc')
  const valid = /^[a-z0-9][a-z0-9-]{0,39}$/.test(name)
  const from: PracticeSource = kind.startsWith('recording:')
    ? { kind: 'recording', target: kind }
    : { kind: 'template', template: kind }
  return (
    <More title={t('practice.make')} open={empty || making.state === 'loading'}>
      {making.state === 'failed' ? <FailureBox failure={making.failure} /> : null}
      <Loaded load={templates} waiting={t('state.loadingTargets')}>
        {(list) => (
          <Options
            label={t('practice.kind')}
            value={kind}
            options={[
              ...list.map((one) => ({ value: one.name, text: templateText(t, one) })),
              ...recordings.map((one) => ({
                value: one.id,
                text: `${t('practice.fromReport')}: ${one.name}`,
              })),
            ]}
            onChange={setKind}
          />
        )}
      </Loaded>
      {from.kind === 'recording' ? <p className="quiet small">{t('practice.fromReportHint')}</p> : null}
      <TextField className="text-field" value={name} onChange={setName} isInvalid={!valid}>
        <Label>{t('practice.name')}</Label>
        <Input className="text-input" maxLength={40} />
        <Text slot="description" className="quiet small">
          {t('practice.nameHint')}
        </Text>
        <FieldError />
      </TextField>
      {making.state === 'loading' ? (
        <Loading text={t('practice.creating')} />
      ) : (
        <Button
          className="button button-primary"
          isDisabled={!valid || templates.state !== 'ready'}
          onPress={() => props.onMake(name, from)}
        >
          {t('practice.create')}
        </Button>
      )}
    </More>
  )
}

/** A template's name in this language; the engine's own words for one that the page does not know. */
function templateText(t: ReturnType<typeof useWords>['t'], { name, description }: Template): string {
  return t(`template.${name as 'windows'}`, { defaultValue: description })
}
