/** A language the page can show. The two made-up ones are for tests: long accented English, and the same from right to left. */
export const languages = ['en', 'de', 'en-XA', 'ar-XB'] as const

export type Language = (typeof languages)[number]

/** What people choose between. */
export const offeredLanguages = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
] as const

/** The direction of writing. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar-XB' ? 'rtl' : 'ltr'
}

/** The language whose numbers and dates are used: made-up languages have none of their own. */
export function formatLocale(language: Language): string {
  return language === 'en-XA' || language === 'ar-XB' ? 'en' : language
}

/** The best language for what the host prefers. */
export function languageFor(preferred: readonly string[]): Language {
  for (const wish of preferred) {
    const exact = languages.find((language) => language === wish)
    if (exact !== undefined) return exact
    const base = wish.split('-')[0]?.toLowerCase()
    if (base === 'de' || base === 'en') return base
  }
  return 'en'
}
