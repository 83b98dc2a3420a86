import type { Locale } from '../../installer-core/text/locale.ts'
import type { Language } from './languages.ts'

/** In which of its languages the core speaks to a page in this language. */
export const coreLocales: Readonly<Record<Language, Locale>> = {
  en: 'en',
  de: 'de',
  'en-XA': 'en',
  'ar-XB': 'en',
}
