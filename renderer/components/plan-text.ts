import type { WirePlanned } from '../../installer-core/api/methods/plan-methods.ts'

/** A plan's description as plain text, to keep or to send. */
export function planText(description: WirePlanned['description']): string {
  return description
    .map(({ kind, heading, lines }) =>
      [heading, ...lines.map((line, at) => (kind === 'steps' ? `  ${at + 1}. ${line}` : `  ${line}`))].join(
        '\n',
      ),
    )
    .join('\n\n')
}
