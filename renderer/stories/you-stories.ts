import type { KnownNetworks } from '../../installer-core/model/networks.ts'
import type { SafeText } from '../../installer-core/model/primitives.ts'
import { credentialKinds } from '../../installer-core/model/you.ts'
import { ready } from '../store/load.ts'
import { plainChoices, type PageState } from '../store/page-state.ts'
import { recorded } from './recorded.ts'
import { about, recording, type Story } from './story.ts'

const { laptop } = recorded
const suggested = {
  language: 'de_DE.UTF-8',
  keymap: 'de-nodeadkeys',
  timezone: 'Europe/Berlin',
  hostname: 'annas-pc',
  user: 'anna',
  fullName: 'Anna Müller',
}

/** Names of networks are other people's: one of them tries to look like something else. */
const knownNetworks: KnownNetworks = {
  networks: ['Zuhause', 'Café \u2039U+202E\u203A am Hafen', 'FRITZ!Box 7590 XY'].map((ssid, index) => ({
    id: `network${index}`,
    ssid: ssid as SafeText,
    seal: `sha256:${'0f'.repeat(32)}`,
  })),
  refused: [
    { ssid: 'eduroam' as SafeText, reason: 'enterprise' },
    { ssid: 'Handy' as SafeText, reason: 'key-elsewhere' },
    { ssid: '' as SafeText, reason: 'other-kind' },
  ],
}

/** A system that takes networks over, where two of those that are known were ticked before. */
function withNetworks(known: KnownNetworks): Partial<PageState> {
  const releases = recorded.releases.map((one) =>
    one.manifest === null
      ? one
      : { ...one, manifest: { ...one.manifest, firstStart: { takes: [...credentialKinds] } } },
  )
  const wifi = known.networks.slice(0, 2).map(({ id, seal }) => ({ name: id, profile: seal }))
  return {
    networks: ready(known),
    releases: ready(releases),
    choices: { ...plainChoices, you: { ...suggested, wifi } },
  }
}

/** The page about the person, and the networks of the present system. */
export function youStories(): readonly Story[] {
  const filled = { ...plainChoices, you: { ...suggested, passwordHash: `sha256:${'ab'.repeat(32)}` } }
  const encrypted = { ...plainChoices, you: { ...suggested, encryption: 'tpm' } } as const
  const wrong = { ...plainChoices, you: { ...suggested, user: 'Anna Müller' } }
  return [
    story('default', () => about('you', laptop, { suggested })),
    story('filled', () => about('you', laptop, { suggested, choices: filled })),
    story('networks', () => about('you', laptop, { suggested, ...withNetworks(knownNetworks) })),
    story('no-networks', () =>
      about('you', laptop, { suggested, ...withNetworks({ networks: [], refused: [] }) }),
    ),
    story('encrypted', () => about('you', laptop, { suggested, choices: encrypted })),
    story('unfitting', () => about('you', laptop, { suggested, choices: wrong })),
    story('empty', () => about('you', laptop)),
    story('read-only', () => about('you', laptop, { suggested }, recording)),
  ]
}

function story(state: string, make: Story['make']): Story {
  return { page: 'you', state, make }
}
