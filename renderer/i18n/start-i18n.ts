import { createInstance, type BackendModule, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { de } from './de/words.ts'
import { en } from './en/words.ts'
import { directionOf, type Language } from './languages.ts'
import { mirrored, pseudo, withAllPlurals, type Words } from './pseudo.ts'

/** The sentences of every language, made when it is first shown. The made-up ones follow from English. */
const sentences: Readonly<Record<Language, () => Words>> = {
  en: () => en,
  de: () => de,
  'en-XA': () => pseudo(en),
  'ar-XB': () => withAllPlurals(pseudo(en, mirrored)),
}

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, _namespace, give) => give(null, { ...sentences[language as Language]() }),
}

export function startI18n(language: Language): i18n {
  const instance = createInstance()
  void instance
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      load: 'currentOnly',
      initAsync: false,
      // React escapes; labels from disks come as safe text and stay as they are.
      interpolation: { escape: (fact) => inSentence(fact, instance.language as Language) },
      returnNull: false,
    })
  return instance
}

/** A name, path or size keeps its own direction in a sentence that runs from right to left (Unicode UAX #9, isolates). */
function inSentence(fact: string, language: Language): string {
  return directionOf(language) === 'rtl' ? `\u2068${fact}\u2069` : fact
}
