import { Button, Radio, RadioGroup } from 'react-aria-components'
import type { ResultOf } from '../../installer-core/api/contract.ts'
import type { ListedRelease } from '../../installer-core/api/methods/plan-methods.ts'
import type { Issue } from '../../installer-core/model/issue.ts'
import { describeIssue } from '../../installer-core/text/issues.ts'
import { Icon } from '../components/icon.tsx'
import { CatalogueFetch } from '../components/catalogue-fetch.tsx'
import { withoutCommands } from '../components/engine-text.ts'
import { PageFrame } from '../components/page-frame.tsx'
import { Empty, Loaded } from '../components/state-views.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { Load } from '../store/load.ts'

/** A release of the catalogue and what speaks against it on this PC. */
export interface ReleaseCard {
  readonly listed: ListedRelease
  readonly blockers: readonly Issue[]
  /** Room is all that is missing, and one restart can make it. */
  readonly fitsWithRoom: boolean
  /** Of variants for other graphics it is the one for this PC's. */
  readonly madeForGraphics: boolean
}

export interface SystemPageProps {
  readonly cards: Load<readonly ReleaseCard[]>
  readonly chosen: string | null
  readonly catalogue: Load<ResultOf<'catalogue.fetch'>>
  readonly onFetch: (source: string) => void
  readonly onChoose: (release: string) => void
  readonly onBack: () => void
  readonly onNext: () => void
  readonly onRetry: () => void
}

/** Release cards; what does not fit stays visible with the reason. */
export function SystemPage(props: SystemPageProps) {
  const { t } = useWords()
  const { cards, chosen } = props
  const fits =
    cards.state === 'ready' &&
    cards.value.some((card) => card.listed.id === chosen && isUsable(card.listed) && canGoOn(card))
  return (
    <PageFrame
      title={t('system.title')}
      lead={t('system.lead')}
      actions={
        <>
          <Button className="button button-plain" onPress={props.onBack}>
            {t('action.back')}
          </Button>
          <Button className="button button-primary" isDisabled={!fits} onPress={props.onNext}>
            {t('action.next')}
          </Button>
        </>
      }
    >
      <Loaded load={cards} waiting={t('state.loadingReleases')} onRetry={props.onRetry}>
        {(value) =>
          value.length === 0 ? (
            <Empty title={t('system.empty')} hint={t('system.emptyHint')} />
          ) : (
            <RadioGroup
              aria-label={t('system.choose')}
              className="choice-group"
              value={chosen}
              onChange={props.onChoose}
            >
              {value.map((card) => (
                <Card key={card.listed.id} card={card} />
              ))}
            </RadioGroup>
          )
        }
      </Loaded>
      <CatalogueFetch catalogue={props.catalogue} onFetch={props.onFetch} />
    </PageFrame>
  )
}

function canGoOn({ blockers, fitsWithRoom }: ReleaseCard): boolean {
  return blockers.length === 0 || fitsWithRoom
}

function isUsable({ manifest, failure }: ListedRelease): boolean {
  return manifest !== null && failure === null
}

function Card({ card }: { readonly card: ReleaseCard }) {
  const { t } = useWords()
  const { listed, blockers } = card
  const usable = isUsable(listed)
  return (
    <Radio value={listed.id} className="choice release" isDisabled={!usable || !canGoOn(card)}>
      <span className="choice-dot" aria-hidden="true" />
      <Picture listed={listed} />
      <span className="release-body">
        <span className="choice-name hostile">{listed.manifest?.name ?? listed.id}</span>
        {listed.offer === null ? null : <span className="hostile">{listed.offer.about}</span>}
        <ReleaseFacts card={card} />
        {listed.failure === null ? null : (
          <Refusal title={t('system.unusable')} text={`${listed.failure.message} ${listed.failure.remedy}`} />
        )}
        {usable && card.fitsWithRoom ? (
          <span className="refusal">
            <Icon name="note" />
            <span>{t('room.fitsAfter')}</span>
          </span>
        ) : null}
        {usable && !card.fitsWithRoom
          ? blockers.map((issue) => <Misfit key={issue.id} issue={issue} />)
          : null}
      </span>
    </Radio>
  )
}

function Picture({ listed }: { readonly listed: ListedRelease }) {
  const picture = listed.offer?.picture ?? null
  return picture === null ? (
    <span className="release-picture" aria-hidden="true">
      <Icon name="ship" large />
    </span>
  ) : (
    <img className="release-picture" src={picture.address} alt={picture.alt} />
  )
}

function Misfit({ issue }: { readonly issue: Issue }) {
  const { t, coreLocale } = useWords()
  const { title, message } = describeIssue(issue, coreLocale)
  return <Refusal title={t('system.unsuitable')} text={`${title}. ${message}`} />
}

function Refusal({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <span className="refusal">
      <Icon name="warning" />
      <span>
        <strong>{title}.</strong> <span className="hostile">{withoutCommands(text)}</span>
      </span>
    </span>
  )
}

function ReleaseFacts({ card: { listed, madeForGraphics } }: { readonly card: ReleaseCard }) {
  const { t, format } = useWords()
  const { manifest, signer } = listed
  if (manifest === null) return null
  const { needs, secureBoot } = manifest
  const fetchText = (missing: number) =>
    missing === 0 ? t('system.isHere') : t('system.toFetch', { size: format.size(missing) })
  const facts = [
    t('system.version', { version: manifest.version }),
    `${t('system.download')}: ${format.size(listed.size)}`,
    `${t('system.needs')}: ${format.size(needs.bootSpace + needs.reserve + (needs.data?.minimum ?? 0))}`,
    `${t('system.memory')}: ${t('system.memoryNeeds', {
      required: format.size(needs.memory.required),
      recommended: format.size(needs.memory.recommended),
    })}`,
  ]
  const checks = [
    ...(madeForGraphics ? [t('system.madeForGraphics')] : []),
    ...(listed.offer === null ? [] : [fetchText(listed.offer.missing)]),
    ...(signer === null
      ? []
      : [t(signer.practiceOnly ? 'system.verifiedPractice' : 'system.verified', { name: signer.name })]),
    t(secureBoot.signers.length > 0 ? 'system.secureBootYes' : 'system.secureBootNo'),
    ...(manifest.practiceOnly ? [t('system.practiceOnly')] : []),
  ]
  return (
    <>
      <span className="release-facts quiet">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </span>
      <span className="release-checks">
        {checks.map((check) => (
          <span key={check} className="tag hostile">
            {check}
          </span>
        ))}
      </span>
    </>
  )
}
