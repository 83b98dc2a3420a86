import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'

/** A page: its heading, its content, and what can be done next at the bottom. */
export function PageFrame(props: {
  readonly title: string
  readonly lead?: string | undefined
  readonly wide?: boolean
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <>
      <div className={props.wide === true ? 'content content-wide' : 'content'}>
        <h1 id="page-title" tabIndex={-1} className="title hostile">
          {props.title}
        </h1>
        {props.lead === undefined ? null : <p className="lead hostile">{props.lead}</p>}
        {props.children}
      </div>
      {props.actions === undefined ? null : (
        <div className="actions">
          <div className="actions-row">{props.actions}</div>
        </div>
      )}
    </>
  )
}

/** A part of a page with a heading of its own. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="section">
      <h2 className="section-title hostile">{title}</h2>
      {children}
    </section>
  )
}

/** Facts as names and values. */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd className="hostile">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** More that is a click away. */
export function More(props: {
  readonly title: string
  readonly open?: boolean
  readonly children: ReactNode
}) {
  const { title, children } = props
  return (
    <details className="more" open={props.open === true}>
      <summary>{title}</summary>
      <div className="more-body">{children}</div>
    </details>
  )
}

/** What a list says when it holds nothing. */
export function CountLine({ blockers, warnings }: { readonly blockers: number; readonly warnings: number }) {
  const { t, format } = useWords()
  const parts = [
    ...(blockers > 0 ? [t('issue.countBlocker', { count: blockers })] : []),
    ...(warnings > 0 ? [t('issue.countWarning', { count: warnings })] : []),
  ]
  return parts.length === 0 ? null : <p className="quiet">{format.list(parts)}</p>
}
