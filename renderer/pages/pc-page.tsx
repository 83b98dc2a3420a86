import { Button } from 'react-aria-components'
import type { Issue } from '../../installer-core/model/issue.ts'
import type { Disk } from '../../installer-core/model/disk.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { AdvisoryPc } from '../components/advisory-pc.tsx'
import { DiskBar, DiskTable } from '../components/disk-picture.tsx'
import { rowsOf } from '../components/disk-rows.ts'
import { Findings } from '../components/findings.tsx'
import { Icon } from '../components/icon.tsx'
import { CountLine, Facts, More, PageFrame, Section } from '../components/page-frame.tsx'
import { RoomNews, type RoomNewsActions } from '../components/room-news.tsx'
import { Loaded } from '../components/state-views.tsx'
import { usePcFacts } from '../components/use-pc-facts.ts'
import { useWords } from '../i18n/use-words.ts'
import { isRoomPending } from '../store/room-offer.ts'
import { valueOf, type Load } from '../store/load.ts'
import type { FoundRoom, Looked } from '../store/page-state.ts'

export interface PcPageProps extends RoomNewsActions {
  readonly looked: Load<Looked>
  readonly rights: Load<true>
  readonly issues: readonly Issue[]
  /** The PC's name when it is not the one the page runs on. */
  readonly name: string | null
  readonly installed: boolean
  /** Room is all that is missing, and one restart can make it. */
  readonly fitsWithRoom: boolean
  /** A start that makes room, when there is one. */
  readonly room: Load<FoundRoom | null>
  readonly readOnly: boolean
  readonly onBack: () => void
  readonly onNext: () => void
  readonly onHome: () => void
  readonly onPractise: () => void
  readonly onElevate: () => void
  readonly onLookAgain: () => void
}

/** Each disk to scale, what starts now, what was found, and whether the PC is ready. */
export function PcPage(props: PcPageProps) {
  const { t } = useWords()
  const { looked, issues, installed } = props
  const advisory = looked.state === 'ready' && looked.value.kind === 'advisory'
  // Windows' own way to full rights comes with its adapter.
  const canElevate =
    looked.state === 'ready' && looked.value.kind === 'advisory' && looked.value.thisPc.os.kind === 'linux'
  const asking = props.rights.state === 'loading'
  const blocked = issues.some((issue) => issue.severity === 'blocker')
  const isStuck = blocked && !props.fitsWithRoom
  // What is ready or in the way is told once that start is over.
  const pending = isRoomPending(valueOf(props.room))
  const onward = installed ? (
    <Button className="button button-primary" onPress={props.onHome}>
      {t('pc.toHome')}
    </Button>
  ) : advisory ? (
    <>
      <Button className={canElevate ? 'button' : 'button button-primary'} onPress={props.onPractise}>
        {t('pc.toPractice')}
      </Button>
      {canElevate ? (
        <Button className="button button-primary" isDisabled={asking} onPress={props.onElevate}>
          {t('pc.elevate')}
        </Button>
      ) : null}
    </>
  ) : (
    <Button
      className="button button-primary"
      isDisabled={looked.state !== 'ready' || pending}
      onPress={props.onNext}
    >
      {t('action.next')}
    </Button>
  )
  return (
    <PageFrame
      title={props.name === null ? t('pc.title') : t('pc.titleOther', { name: props.name })}
      wide
      actions={
        <>
          <Button className="button button-plain" onPress={props.onBack}>
            {t('action.back')}
          </Button>
          <Button className="button" isDisabled={looked.state === 'loading'} onPress={props.onLookAgain}>
            {t('action.lookAgain')}
          </Button>
          {onward}
        </>
      }
    >
      <Loaded load={looked} waiting={t('state.loadingPc')} onRetry={props.onLookAgain}>
        {(value) =>
          value.kind === 'advisory' ? (
            <AdvisoryPc pc={value.thisPc} rights={props.rights} canElevate={canElevate} />
          ) : (
            <>
              <RoomNews {...props} found={props.room} machine={value.machine} />
              {pending ? null : <Verdict {...props} blocked={blocked} />}
              {isStuck && !pending ? <Findings issues={issues} /> : null}
              <MachineView machine={value.machine} />
              {isStuck || pending ? null : <Findings issues={issues} />}
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

const icons = { good: 'check', info: 'note', bad: 'blocker' } as const

function Verdict(
  props: Pick<PcPageProps, 'issues' | 'installed' | 'fitsWithRoom'> & { readonly blocked: boolean },
) {
  const { t } = useWords()
  const count = (severity: Issue['severity']) =>
    props.issues.filter((one) => one.severity === severity).length
  const { installed, blocked } = props
  const [kind, title, hint] = installed
    ? (['good', t('pc.installed'), null] as const)
    : blocked && props.fitsWithRoom
      ? (['info', t('room.needed'), t('room.neededHint')] as const)
      : blocked
        ? (['bad', t('pc.notReady'), t('pc.notReadyHint')] as const)
        : count('warning') > 0
          ? (['good', t('pc.readyMind'), null] as const)
          : (['good', t('pc.ready'), t('pc.readyHint')] as const)
  return (
    <div className={`verdict verdict-${kind}`}>
      <Icon name={icons[kind]} large />
      <div>
        <p className="verdict-title">{title}</p>
        {hint === null ? null : <p className="quiet">{hint}</p>}
        {installed || (blocked && props.fitsWithRoom) ? null : (
          <CountLine blockers={count('blocker')} warnings={count('warning')} />
        )}
      </div>
    </div>
  )
}

function MachineView({ machine }: { readonly machine: Machine }) {
  const { t } = useWords()
  const { rows, starts } = usePcFacts(machine)
  const berth = machine.berth.state === 'absent' ? null : machine.berth.partition
  return (
    <>
      <Section title={t('pc.disks')}>
        {machine.disks.length === 0 ? <p>{t('pc.noDisks')}</p> : null}
        {machine.disks.map((disk) => (
          <DiskView key={disk.id} disk={disk} berth={berth} />
        ))}
        {machine.disks.length === 0 ? null : <p className="quiet small">{t('disk.scale')}</p>}
      </Section>
      <Section title={t('pc.starts')}>
        {starts.map((line) => (
          <p key={line} className="hostile">
            {line}
          </p>
        ))}
      </Section>
      <Section title={t('pc.facts')}>
        <Facts rows={rows} />
      </Section>
    </>
  )
}

function DiskView({ disk, berth }: { readonly disk: Disk; readonly berth: string | null }) {
  const { t, format } = useWords()
  const rows = rowsOf(disk, berth)
  const caption = t('disk.model', { model: disk.model || disk.name, size: format.size(disk.size) })
  const label = format.list(
    rows.map((row) => t('disk.text', { role: t(`disk.${row.kind}`), size: format.size(row.size) })),
  )
  return (
    <div className="card disk">
      <h3 className="disk-name hostile">
        <Icon name="disk" />
        {caption}
      </h3>
      <DiskBar rows={rows} label={label} />
      <More title={t('disk.table')}>
        <DiskTable rows={rows} caption={caption} />
      </More>
    </div>
  )
}
