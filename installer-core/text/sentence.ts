import type { Facts } from '../base/failure.ts'
import { sentences as de } from './de/sentences.ts'
import { sentences as en } from './en/sentences.ts'
import type { Locale } from './locale.ts'
import { fillTemplate } from './template.ts'

/** The templates themselves, by language. */
export const sentenceTables: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { en, de }

/**
 * The sentence of a key (`step.shrink-volume.doing`, `proof.entry`, …) with its facts filled in. A key that no
 * table has comes back as it is, so that a newer report still reads.
 */
export function sentence(key: string, facts: Facts = {}, locale: Locale = 'en'): string {
  const template = sentenceTables[locale][key]
  return template === undefined ? key : fillTemplate(template, facts, locale)
}

/** True when the table of this language has the key. */
export function hasSentence(key: string, locale: Locale = 'en'): boolean {
  return Object.hasOwn(sentenceTables[locale], key)
}
