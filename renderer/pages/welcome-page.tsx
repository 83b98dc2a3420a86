import { Button, FileTrigger, Radio, RadioGroup } from 'react-aria-components'
import type { Target } from '../../installer-core/api/methods/target-methods.ts'
import { Icon } from '../components/icon.tsx'
import { PageFrame } from '../components/page-frame.tsx'
import { Empty, FailureBox, Loaded } from '../components/state-views.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { WireFailure } from '../../installer-core/api/wire-values.ts'
import type { Load } from '../store/load.ts'

export interface WelcomePageProps {
  readonly targets: Load<readonly Target[]>
  readonly chosen: string | null
  readonly refused: WireFailure | null
  readonly onChoose: (target: string) => void
  readonly onLook: (target: string) => void
  readonly onPractise: () => void
  readonly onOpenReport: (name: string, text: string) => void
  readonly onRetry: () => void
}

/** What Berth is for, what will and will not happen, and the first step. */
export function WelcomePage(props: WelcomePageProps) {
  const { t } = useWords()
  const { chosen, onOpenReport } = props
  const open = (files: FileList | null) => {
    const [file] = Array.from(files ?? [])
    if (file !== undefined) void file.text().then((text) => onOpenReport(file.name, text))
  }
  const known = props.targets.state === 'ready' && props.targets.value.some(({ id }) => id === chosen)
  const practice = chosen?.startsWith('practice:') === true
  return (
    <PageFrame
      title={t('welcome.title')}
      lead={t('welcome.lead')}
      actions={
        <>
          <FileTrigger acceptedFileTypes={['.json', 'application/json']} onSelect={open}>
            <Button className="button button-plain">{t('welcome.openReport')}</Button>
          </FileTrigger>
          <Button className="button" onPress={props.onPractise}>
            {t('welcome.practise')}
          </Button>
          <Button
            className="button button-primary"
            isDisabled={!known}
            onPress={() => chosen !== null && props.onLook(chosen)}
          >
            {practice ? t('welcome.lookPractice') : t('welcome.look')}
          </Button>
        </>
      }
    >
      {props.refused === null ? null : <FailureBox failure={props.refused} />}
      <div className="columns">
        <Promises title={t('welcome.will')} icon="check" lines={['will1', 'will2', 'will3']} />
        <Promises title={t('welcome.wont')} icon="anchor" lines={['wont1', 'wont2', 'wont3']} />
      </div>
      <Loaded load={props.targets} waiting={t('state.loadingTargets')} onRetry={props.onRetry}>
        {(targets) => <TargetChoice targets={targets} chosen={chosen} onChoose={props.onChoose} />}
      </Loaded>
    </PageFrame>
  )
}

type Promise1 = 'will1' | 'will2' | 'will3' | 'wont1' | 'wont2' | 'wont3'

function Promises(props: {
  readonly title: string
  readonly icon: 'check' | 'anchor'
  readonly lines: readonly Promise1[]
}) {
  const { t } = useWords()
  return (
    <section className="card promises">
      <h2 className="section-title">{props.title}</h2>
      <ul>
        {props.lines.map((line) => (
          <li key={line}>
            <Icon name={props.icon} />
            <span>{t(`welcome.${line}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function TargetChoice(props: {
  readonly targets: readonly Target[]
  readonly chosen: string | null
  readonly onChoose: (target: string) => void
}) {
  const { t } = useWords()
  if (props.targets.length === 0) return <Empty title={t('welcome.none')} hint={t('welcome.noneHint')} />
  if (props.targets.length === 1) return null
  return (
    <RadioGroup
      className="choice-group"
      aria-label={t('welcome.which')}
      value={props.chosen}
      onChange={props.onChoose}
    >
      <h2 className="section-title">{t('welcome.which')}</h2>
      <div className="choice-grid">
        {props.targets.map((target) => (
          <Radio key={target.id} value={target.id} className="choice" isDisabled={target.state !== 'ready'}>
            <span className="choice-dot" aria-hidden="true" />
            <span>
              <span className="choice-name hostile">{target.name}</span>
              <span className="quiet">
                {t(kindKeys[target.kind])}
                {target.state === 'being-made' ? ` · ${t('welcome.making')}` : ''}
                {target.state === 'broken' ? ` · ${t('welcome.broken')}` : ''}
                {target.running ? ` · ${t('welcome.running')}` : ''}
              </span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

const kindKeys = {
  'this-pc': 'welcome.thisKind',
  'practice-pc': 'welcome.practiceKind',
  recording: 'welcome.recordingKind',
} as const
