import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { wireFailure } from '../../installer-core/api/answer.ts'
import { App } from '../app.tsx'
import { de } from '../i18n/de/words.ts'
import { en } from '../i18n/en/words.ts'
import { languages } from '../i18n/languages.ts'
import { startI18n } from '../i18n/start-i18n.ts'
import { Actions } from '../store/actions.ts'
import type { PageState } from '../store/page-state.ts'
import { createPageStore } from '../store/page-store.ts'
import { PracticeActions } from '../store/practice-actions.ts'
import { pageNames } from '../store/route.ts'
import { recorded } from './recorded.ts'
import { silentEngine } from './silent-engine.ts'
import { stories } from './stories.ts'

it('tells every page in more than one state', () => {
  for (const page of pageNames)
    expect(stories.filter((story) => story.page === page).length, page).toBeGreaterThan(3)
})

/** A state of the pages as they are drawn. */
function draw(state: PageState, language: (typeof languages)[number]): string {
  const store = createPageStore(state.route, state)
  const actions = new Actions(store, silentEngine, { go: () => undefined })
  const practice = new PracticeActions(store, silentEngine, actions)
  return renderToStaticMarkup(
    <App store={store} actions={actions} practice={practice} i18n={startI18n(language)} />,
  )
}

it.each(languages)('shows every story in words (%s)', (language) => {
  for (const story of stories) {
    const html = draw(story.make(), language)
    const name = `${story.page}/${story.state}`
    expect(html, name).toContain('id="page-title"')
    // Neither an object, a hole, an unfilled place, nor a key instead of its sentence.
    expect(html, name).not.toMatch(
      /\[object |>undefined<|>NaN|\b(?:app|page|action|state|disk|pc)\.[a-z]+[A-Z<]/,
    )
  }
})

it('offers a plan for confirming only beside the PC that it is about', () => {
  const story = stories.find((one) => one.page === 'review' && one.state === 'default')
  const state = story?.make()
  if (state === undefined) throw new Error('There is no story of a review')
  const confirms = /<button[^>]*button-primary[^>]*>Shrink Windows by [^<]+</
  expect(draw(state, 'en')).toMatch(confirms)
  const waiting = draw({ ...state, looked: { state: 'loading' } }, 'en')
  expect(waiting).toContain('role="status"')
  expect(waiting).toMatch(/<button[^>]*button-primary[^>]*disabled/)
  const failure = wireFailure('connection-lost', {}, 'en')
  const failed = draw({ ...state, looked: { state: 'failed', failure } }, 'en')
  expect(failed).toContain('role="alert"')
  for (const html of [waiting, failed]) expect(html).not.toMatch(/Shrink Windows by/)
})

it('keeps the same places for facts in both languages', () => {
  const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()
  const compare = (a: object, b: object): void => {
    for (const [key, value] of Object.entries(a)) {
      const other: unknown = (b as Record<string, unknown>)[key]
      if (typeof value === 'string') expect(places(String(other)), key).toEqual(places(value))
      else compare(value as object, other as object)
    }
  }
  compare(en, de)
})

it('shows names from disks with their control characters visible', () => {
  const hostile = stories.filter((story) => story.state === 'hostile')
  expect(hostile.length).toBeGreaterThan(1)
  for (const story of hostile) {
    const text = JSON.stringify(story.make().looked)
    expect(text).toContain('U+202E')
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  }
})

it('says of two variants which one is made for the graphics in this PC', () => {
  const story = stories.find((one) => one.page === 'system' && one.state === 'variants')
  if (story === undefined) throw new Error('There is no story of variants')
  for (const [language, words] of [
    ['en', en],
    ['de', de],
  ] as const) {
    const html = draw(story.make(), language)
    expect(html.split(words.system.madeForGraphics)).toHaveLength(2)
    expect(html.indexOf(words.system.madeForGraphics)).toBeGreaterThan(
      html.indexOf('Berth Desktop for NVIDIA'),
    )
  }
})

it('shows networks by name with nothing ticked of its own accord, what happens to keys, and why others stay behind', () => {
  const story = stories.find((one) => one.page === 'you' && one.state === 'networks')
  if (story === undefined) throw new Error('There is no story of networks')
  const state = story.make()
  const choices = { ...state.choices, you: {} }
  for (const [language, words] of [
    ['en', en],
    ['de', de],
  ] as const) {
    const html = draw(state, language)
    expect(html.match(/type="checkbox"/g)).toHaveLength(3)
    expect(html.match(/type="checkbox"[^>]*checked/g)).toHaveLength(2)
    for (const text of [words.you.wifiHint, ...Object.values(words.you.wifiRefused), words.you.wifiUnnamed])
      expect(html).toContain(text)
    expect(draw({ ...state, choices }, language)).not.toMatch(/type="checkbox"[^>]*checked/)
    // Nothing about networks where none can be asked for, or the system takes none over.
    expect(draw({ ...state, networks: { state: 'ready', value: null } }, language)).not.toContain(
      words.you.wifiHint,
    )
    expect(
      draw({ ...state, releases: { state: 'ready', value: recorded.releases } }, language),
    ).not.toContain(words.you.wifiHint)
  }
})
