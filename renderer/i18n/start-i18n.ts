import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { de } from './de/words.ts'
import { en } from './en/words.ts'
import type { Language } from './languages.ts'
import { mirrored, pseudo, withAllPlurals } from './pseudo.ts'

/** The sentences of every language. The made-up ones follow from English. */
export function startI18n(language: Language): i18n {
  const instance = createInstance()
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    resources: {
      en: { translation: en },
      de: { translation: de },
      'en-XA': { translation: pseudo(en) },
      'ar-XB': { translation: withAllPlurals(pseudo(en, mirrored)) },
    },
    // React escapes; labels from disks come as safe text and stay as they are.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}
