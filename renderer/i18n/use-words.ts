import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { Locale } from '../../installer-core/text/locale.ts'
import { coreLocales } from './core-locale.ts'
import { formatFor, type Format } from './format.ts'
import { formatLocale, type Language } from './languages.ts'

export interface WordsInUse {
  readonly t: TFunction
  readonly format: Format
  /** The language in which the core's own sentences are asked for. */
  readonly coreLocale: Locale
}

/** The sentences and quantities of the language in use. */
export function useWords(): WordsInUse {
  const { t, i18n } = useTranslation()
  const language = i18n.language as Language
  return { t, format: formatFor(formatLocale(language)), coreLocale: coreLocales[language] }
}
