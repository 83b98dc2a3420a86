import { expect, it } from 'vitest'
import { startI18n } from './start-i18n.ts'

it('keeps the direction of what stands in a sentence from right to left, and adds nothing to others', () => {
  const said = (language: 'en' | 'ar-XB') =>
    startI18n(language).t('review.confirmUndo', { system: 'Berth', disk: '/dev/sda' })
  expect(said('en')).toBe('Take Berth away from /dev/sda')
  expect(said('ar-XB')).toContain('\u2068/dev/sda\u2069')
})

it('has the words of a language as soon as it is chosen', async () => {
  const i18n = startI18n('en')
  expect(i18n.t('action.back')).toBe('Back')
  await i18n.changeLanguage('de')
  expect(i18n.t('action.back')).toBe('Zurück')
  await i18n.changeLanguage('en-XA')
  expect(i18n.t('action.back')).toMatch(/^\[.*~\]$/)
})
