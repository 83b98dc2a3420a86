import { useWords } from '../i18n/use-words.ts'
import type { DiskRow } from './disk-rows.ts'

/** A disk drawn to scale. The picture is for the eye; the table beside it says the same to everybody. */
export function DiskBar({ rows, label }: { readonly rows: readonly DiskRow[]; readonly label: string }) {
  const { t, format } = useWords()
  const whole = rows.reduce((sum, row) => sum + row.size, 0)
  return (
    <div className="disk-bar" role="img" aria-label={label}>
      {rows.map((row) => (
        <div
          key={row.key}
          className={`disk-part part-${row.kind}${row.isNew ? ' part-new' : ''}`}
          style={{ flexGrow: whole === 0 ? 1 : row.size / whole }}
        >
          {row.size / Math.max(1, whole) < 0.12 ? null : (
            <span className="disk-part-text">
              <span className="disk-part-name">{t(`disk.${row.kind}`)}</span>
              <span className="disk-part-size">{format.size(row.size)}</span>
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

/** The parts of a disk as a table: the text that goes with the picture. */
export function DiskTable({
  rows,
  caption,
}: {
  readonly rows: readonly DiskRow[]
  readonly caption: string
}) {
  const { t, format } = useWords()
  return (
    <div className="table-scroll">
      <table className="disk-table">
        <caption className="for-readers">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('disk.part')}</th>
            <th scope="col" className="number">
              {t('disk.size')}
            </th>
            <th scope="col" className="number">
              {t('disk.free')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <span className={`swatch part-${row.kind}`} aria-hidden="true" />
                <span>{t(`disk.${row.kind}`)}</span>
                {row.name === '' ? null : <bdi className="part-name hostile">“{row.name}”</bdi>}
                {row.isNew ? <span className="tag">{t('disk.new')}</span> : null}
                {row.from === null ? null : (
                  <span className="tag">{t('disk.changed', { size: format.size(row.from) })}</span>
                )}
              </th>
              <td className="number">{format.size(row.size)}</td>
              <td className="number">{row.free === null ? '–' : format.size(row.free)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The disk before and after, one above the other and to the same scale. */
export function BeforeAfter(props: {
  readonly before: readonly DiskRow[]
  readonly after: readonly DiskRow[]
}) {
  const { t, format } = useWords()
  const describe = (rows: readonly DiskRow[]) =>
    format.list(
      rows.map((row) => t('disk.text', { role: t(`disk.${row.kind}`), size: format.size(row.size) })),
    )
  return (
    <div className="before-after">
      <p className="bar-label">{t('disk.before')}</p>
      <DiskBar rows={props.before} label={`${t('disk.before')}: ${describe(props.before)}`} />
      <p className="bar-label">{t('disk.after')}</p>
      <DiskBar rows={props.after} label={`${t('disk.after')}: ${describe(props.after)}`} />
      <p className="quiet small">{t('disk.scale')}</p>
    </div>
  )
}
