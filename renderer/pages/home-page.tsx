import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { canStart } from '../../installer-core/check/berth-usable.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { Interrupted } from '../components/interrupted.tsx'
import { Findings } from '../components/findings.tsx'
import { Icon } from '../components/icon.tsx'
import { PageFrame, Section } from '../components/page-frame.tsx'
import { RoomNews, type RoomNewsActions } from '../components/room-news.tsx'
import { Empty, Loaded } from '../components/state-views.tsx'
import { useWords } from '../i18n/use-words.ts'
import { valueOf, type Load } from '../store/load.ts'
import type { FoundRoom, Status, SystemName } from '../store/page-state.ts'
import { isRoomPending } from '../store/room-offer.ts'
import { KeepBox } from './done-page.tsx'

export interface HomePageProps extends RoomNewsActions {
  readonly status: Load<Status>
  readonly machine: Machine | null
  /** A start that makes room, when there is one. */
  readonly room: Load<FoundRoom | null>
  readonly system: string
  readonly readOnly: boolean
  readonly defaultSystem: 'present' | 'new'
  readonly onDefault: (system: 'present' | 'new') => void
  readonly onKeep: () => void
  readonly onSwitch: (system: SystemName) => void
  readonly onTakeBack: () => void
  readonly onRepair: () => void
  readonly onUninstall: () => void
  readonly onRecover: () => void
  readonly onReport: () => void
  readonly onLookAgain: () => void
}

/** What is on this PC: systems and their health, one click to the other one, repair, uninstall, reports. */
export function HomePage(props: HomePageProps) {
  const { t } = useWords()
  return (
    <PageFrame
      title={t('home.title')}
      lead={t('home.lead')}
      actions={
        <Button className="button" onPress={props.onLookAgain}>
          {t('action.lookAgain')}
        </Button>
      }
    >
      <Loaded load={props.status} waiting={t('state.loadingPc')} onRetry={props.onLookAgain}>
        {(status) => (
          <>
            {status.state === 'interrupted' ? <Interrupted onRecover={props.onRecover} /> : null}
            {props.machine === null ? null : (
              <RoomNews {...props} found={props.room} machine={props.machine} />
            )}
            {status.state === 'absent' ? (
              <>
                <Empty title={t('home.absent')} hint={t('home.absentHint')}>
                  <Button className="button button-primary" onPress={props.onInstall}>
                    {t('home.install')}
                  </Button>
                </Empty>
                <RoomMade {...props} state={status} />
              </>
            ) : (
              <Systems {...props} state={status} />
            )}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

/** Room that was made and that nothing was installed into: it can be given back. */
function RoomMade({ state, room, readOnly, onUninstall }: HomePageProps & { readonly state: Status }) {
  const { t } = useWords()
  const isThere = state.findings.some(({ id }) => id === 'room-made')
  if (!isThere || isRoomPending(valueOf(room))) return null
  return (
    <Section title={t('room.giveBackTitle')}>
      <p className="quiet">{t('room.giveBackText')}</p>
      <Button className="button" isDisabled={readOnly} onPress={onUninstall}>
        {t('room.giveBack')}
      </Button>
    </Section>
  )
}

function Systems(props: HomePageProps & { readonly state: Status }) {
  const { t } = useWords()
  const { machine, state, readOnly } = props
  const others = machine?.installed.filter((one) => one.kind !== 'berth') ?? []
  const blocked = readOnly || state.state === 'interrupted'
  return (
    <>
      {state.state === 'trial' && state.started && !blocked ? <KeepBox {...props} /> : null}
      <NextChoice {...props} blocked={blocked} />
      <div className="system-list">
        <BerthCard {...props} blocked={blocked} />
        {others.map((one, at) => (
          <SystemCard
            key={`${one.kind} ${at}`}
            name={one.name}
            tags={[
              ...(one.running ? [t('home.running')] : []),
              ...marks(machine, one.entries, t('home.startsFirst'), t('home.startsNext')),
            ]}
            lines={[]}
          >
            {one.kind === 'windows' ? (
              <Button className="button" isDisabled={blocked} onPress={() => props.onSwitch('windows')}>
                {t('home.restartInto', { system: t('home.windows') })}
              </Button>
            ) : null}
          </SystemCard>
        ))}
      </div>
      {state.findings.length === 0 ? null : (
        <Section title={t('home.problems')}>
          <Findings issues={state.findings} />
        </Section>
      )}
      <Section title={t('home.reports')}>
        <p className="quiet">{t('home.reportsHint')}</p>
        <Button className="button" onPress={props.onReport}>
          {t('done.report')}
        </Button>
      </Section>
    </>
  )
}

/** What was chosen for the next start only, and the way to take that back. */
function NextChoice(props: HomePageProps & { readonly state: Status; readonly blocked: boolean }) {
  const { t } = useWords()
  const { next } = props.state
  if (next === null) return null
  const entry = next.entry.toString(16).toUpperCase().padStart(4, '0')
  const name = next.description ?? t('home.chosenUnknown', { entry })
  return (
    <section className="card promises">
      <p className="hostile">{t('home.chosen', { name })}</p>
      <div className="button-row">
        <Button className="button" isDisabled={props.blocked} onPress={props.onTakeBack}>
          {t('home.takeBack')}
        </Button>
      </div>
    </section>
  )
}

function BerthCard(props: HomePageProps & { readonly state: Status; readonly blocked: boolean }) {
  const { t } = useWords()
  const { machine, state, system, blocked } = props
  const entries = state.entry === null ? [] : [state.entry]
  const berth = machine?.berth
  const isDamaged = state.state === 'damaged'
  const isStartable = berth !== undefined && berth.state !== 'absent' && canStart(berth)
  return (
    <SystemCard
      name={system}
      tags={[
        ...(state.state === 'trial' || state.state === 'installed'
          ? [t(`home.${state.state}`), t('home.healthy')]
          : []),
        ...(state.state === 'damaged' ? [t('home.damaged')] : []),
        ...marks(machine, entries, t('home.startsFirst'), t('home.startsNext')),
      ]}
      lines={[state.started ? t('home.started') : t('home.notStarted')]}
    >
      <Button
        className={isDamaged ? 'button' : 'button button-primary'}
        isDisabled={blocked || !isStartable}
        onPress={() => props.onSwitch('berth')}
      >
        {t('home.restartInto', { system })}
      </Button>
      {isDamaged ? (
        <Button className="button button-primary" isDisabled={blocked} onPress={props.onRepair}>
          {t('home.repair')}
        </Button>
      ) : null}
      <Button className="button button-plain" isDisabled={blocked} onPress={props.onUninstall}>
        {t('home.uninstall')}
      </Button>
    </SystemCard>
  )
}

function SystemCard(props: {
  readonly name: string
  readonly tags: readonly string[]
  readonly lines: readonly string[]
  readonly children: ReactNode
}) {
  return (
    <section className="card system-card">
      <h2 className="system-name hostile">
        <Icon name="pc" />
        {props.name}
      </h2>
      <p className="tags">
        {props.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
      {props.lines.map((line) => (
        <p key={line} className="quiet hostile">
          {line}
        </p>
      ))}
      <div className="button-row">{props.children}</div>
    </section>
  )
}

function marks(
  machine: Machine | null,
  entries: readonly number[],
  first: string,
  next: string,
): readonly string[] {
  if (machine === null) return []
  const { bootOrder, bootNext } = machine.firmware
  const [leading] = bootOrder ?? []
  return [
    ...(leading !== undefined && entries.includes(leading) ? [first] : []),
    ...(bootNext !== null && entries.includes(bootNext) ? [next] : []),
  ]
}
