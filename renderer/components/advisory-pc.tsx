import type { ThisPc } from '../../installer-core/model/this-pc.ts'
import type { Load } from '../store/load.ts'
import { useWords } from '../i18n/use-words.ts'
import { Facts, Section } from './page-frame.tsx'
import { Icon } from './icon.tsx'
import { FailureBox, Loading } from './state-views.tsx'

/** Full rights being waited for, or refused with the reason. */
export function RightsAnswer({ rights }: { readonly rights: Load<true> }) {
  const { t } = useWords()
  if (rights.state === 'loading') return <Loading text={t('pc.elevating')} />
  return rights.state === 'failed' ? <FailureBox failure={rights.failure} /> : null
}

/** This PC as far as it can be told without rights: labelled as advisory, and nothing can be planned on it. */
export function AdvisoryPc(props: {
  readonly pc: ThisPc
  readonly rights: Load<true>
  /** Full rights can be asked for. */
  readonly canElevate: boolean
}) {
  const { pc, rights, canElevate } = props
  const { t, format } = useWords()
  const rows = [
    [t('pc.runs'), [pc.os.name, pc.os.version].filter((part) => part !== '').join(' ')],
    [t('pc.firmware'), pc.firmware === 'unknown' ? t('pc.unknown') : t(`pc.${pc.firmware}`)],
    [t('pc.processor'), pc.cpu.name],
    [t('pc.memory'), pc.memory === null ? t('pc.unknown') : format.size(pc.memory)],
    [t('pc.gpu'), pc.gpus.length === 0 ? t('pc.none') : format.list(pc.gpus)],
  ] as const
  return (
    <>
      <div className="verdict verdict-info">
        <Icon name="note" large />
        <div>
          <p className="verdict-title">{t('pc.advisoryTitle')}</p>
          <p>{t('pc.advisory')}</p>
          {canElevate ? <p>{t('pc.advisoryElevate')}</p> : null}
          <p>{t('pc.advisoryDo')}</p>
        </div>
      </div>
      <RightsAnswer rights={rights} />
      <Section title={t('pc.facts')}>
        <Facts rows={rows} />
      </Section>
      <Section title={t('pc.disks')}>
        {pc.disks.length === 0 ? <p>{t('pc.noDisks')}</p> : null}
        <Facts rows={pc.disks.map((disk) => [disk.model || disk.name, format.size(disk.size)] as const)} />
        <Facts
          rows={pc.volumes.map(
            ({ mount, used, size }) =>
              [mount, t('pc.advisoryVolume', { used: format.size(used), size: format.size(size) })] as const,
          )}
        />
      </Section>
      {pc.missing.map(({ part, reason }) => (
        <p key={part} className="quiet hostile">
          {t('pc.missing', { part, reason })}
        </p>
      ))}
    </>
  )
}
