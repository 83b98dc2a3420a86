import { Radio, RadioGroup } from 'react-aria-components'
import type { SpaceCandidate } from '../../installer-core/check/space/space-candidate.ts'
import type { Choices } from '../../installer-core/model/choices.ts'
import { describeIssue } from '../../installer-core/text/issues.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Change } from '../store/actions.ts'
import type { SpaceOffer } from '../store/planning.ts'
import { withoutCommands } from './engine-text.ts'

/** Where the space comes from: what Berth would take, or any other way; those that are out of the question say why. */
export function SpaceSource(props: {
  readonly offer: SpaceOffer
  readonly choices: Choices
  readonly onChange: (change: Change) => void
}) {
  const { t } = useWords()
  const { offer, choices, onChange } = props
  const ways = waysOf(offer.candidates)
  const chosen = keyOf(choices)
  const taken = offer.decision?.volume ?? offer.decision?.use?.room ?? null
  const automatic = useWayText(taken)
  return (
    <RadioGroup
      className="choice-group"
      aria-label={t('space.from')}
      value={chosen}
      onChange={(key) => onChange(changeTo(ways, key))}
    >
      <div className="choice-grid">
        <Radio value="automatic" className="choice">
          <span className="choice-dot" aria-hidden="true" />
          <span>
            <span className="choice-name">{t('space.automatic')}</span>
            {choices.spaceFrom.kind === 'automatic' && taken !== null ? (
              <span className="quiet hostile">{t('space.automaticHint', { choice: automatic.title })}</span>
            ) : null}
          </span>
        </Radio>
        {ways.map((way) => (
          <Way key={wayKey(way)} way={way} />
        ))}
      </div>
    </RadioGroup>
  )
}

function Way({ way }: { readonly way: SpaceCandidate }) {
  const { coreLocale } = useWords()
  const { title, hint } = useWayText(way)
  const why = way.refusal === null ? null : describeIssue(way.refusal, coreLocale)
  return (
    <Radio value={wayKey(way)} className="choice" isDisabled={why !== null}>
      <span className="choice-dot" aria-hidden="true" />
      <span>
        <span className="choice-name hostile">{title}</span>
        <span className="quiet hostile">
          {why === null ? hint : `${why.title}. ${withoutCommands(why.message)}`}
        </span>
      </span>
    </Radio>
  )
}

function useWayText(way: SpaceCandidate | null): { readonly title: string; readonly hint: string } {
  const { t, format } = useWords()
  if (way === null) return { title: '', hint: '' }
  const free = format.size(way.available)
  const { partition, disk } = way
  switch (way.kind) {
    case 'esp':
      return { title: t('space.esp'), hint: t('space.espHint', { free }) }
    case 'xbootldr':
      return { title: t('space.xbootldr'), hint: t('space.xbootldrHint', { free }) }
    case 'gap':
      return { title: t('space.gap', { disk: disk.model || disk.name }), hint: t('space.gapHint', { free }) }
    case 'shrink': {
      const volume = partition?.volume.label || partition?.name || t('disk.unnamed')
      return { title: t('space.shrink', { volume }), hint: t('space.shrinkHint', { free }) }
    }
  }
}

/** One way of each kind but for shrinking, where each volume is a way of its own. */
function waysOf(candidates: readonly SpaceCandidate[]): readonly SpaceCandidate[] {
  const best = [...candidates].sort(
    (a, b) => Number(a.refusal !== null) - Number(b.refusal !== null) || b.available - a.available,
  )
  return best.filter((way, at) => best.findIndex((other) => wayKey(other) === wayKey(way)) === at)
}

function wayKey({ kind, partition }: SpaceCandidate): string {
  return kind === 'gap' || partition === null ? kind : `${kind} ${partition.id}`
}

function keyOf({ spaceFrom }: Choices): string {
  const { kind } = spaceFrom
  if (kind === 'automatic' || kind === 'gap') return kind
  return spaceFrom.partition === undefined ? kind : `${kind} ${spaceFrom.partition}`
}

function changeTo(ways: readonly SpaceCandidate[], key: string): Change {
  const way = ways.find((one) => wayKey(one) === key)
  const sizes = { bootSpace: null, dataSpace: null }
  if (way === undefined) return { ...sizes, disk: null, spaceFrom: { kind: 'automatic' } }
  const { kind, partition, disk } = way
  if (kind === 'gap' || partition === null) return { ...sizes, disk: disk.id, spaceFrom: { kind: 'gap' } }
  return { ...sizes, disk: disk.id, spaceFrom: { kind, partition: partition.id } }
}
