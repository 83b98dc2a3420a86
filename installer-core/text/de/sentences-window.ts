import type { windowSentences as english } from '../en/sentences-window.ts'

/** Was der Teil hinter dem Fenster sagt. */
export const windowSentences = {
  'this-pc.advisory':
    'Was sich von diesem PC ohne besondere Rechte sehen lässt. Es kann unvollständig oder falsch sein, und Berth entscheidet nichts danach.',
  'this-pc.name': 'Dieser PC',
} as const satisfies Record<keyof typeof english, string>
