import { finding, type Finding } from '../../installer-core/check/finding.ts'
import type { IssueId } from '../../installer-core/model/issue-id.ts'
import { describeIssue } from '../../installer-core/text/issues.ts'
import { loading, ready } from '../store/load.ts'
import { noPractice, plainChoices } from '../store/page-state.ts'
import { offered, unsuitable } from '../store/planning.ts'
import type { PageName } from '../store/route.ts'
import { recorded } from './recorded.ts'
import {
  about,
  bare,
  denied,
  failed,
  firstLook,
  onTrial,
  practicePc,
  recording,
  rightsNeeded,
  type Story,
} from './story.ts'
import { roomStories } from './room-stories.ts'
import { storyRuns } from './story-runs.ts'

const { laptop, encrypted, bios, hostile, trial, installPlan, confirmPlan, repairPlan } = recorded
const install = (planned: Parameters<typeof ready<typeof installPlan>>[0]) =>
  ({ goal: 'install', system: null, planned: ready(planned) }) as const
const onBattery = { source: 'battery', percent: 18 } as const

/** Every page in every state it can be in: what tests and pictures enumerate. */
export const stories: readonly Story[] = [
  ...welcome(),
  ...pc(),
  ...system(),
  ...space(),
  ...you(),
  ...review(),
  ...run(),
  ...home(),
  ...practice(),
  ...helpAndReport(),
  ...roomStories(),
]

function story(page: PageName, state: string, make: Story['make']): Story {
  return { page, state, make }
}

function welcome(): readonly Story[] {
  return [
    story('welcome', 'default', () => bare('welcome')),
    story('welcome', 'loading', () => bare('welcome', undefined, { targets: loading })),
    story('welcome', 'error', () => bare('welcome', undefined, { targets: failed })),
    story('welcome', 'empty', () => bare('welcome', undefined, { targets: ready([]) })),
    story('welcome', 'practice', () => bare('welcome', practicePc)),
    story('welcome', 'lost', () => bare('welcome', undefined, { connection: 'lost' })),
  ]
}

function pc(): readonly Story[] {
  return [
    story('pc', 'default', () => about('pc', laptop)),
    story('pc', 'mind', () => about('pc', encrypted)),
    story('pc', 'refused', () => about('pc', bios)),
    story('pc', 'hostile', () => about('pc', hostile)),
    story('pc', 'installed', () => about('pc', trial)),
    story('pc', 'read-only', () => about('pc', laptop, {}, recording)),
    story('pc', 'first-look', () => firstLook()),
    story('pc', 'asking', () => firstLook({ rights: loading })),
    story('pc', 'denied', () => firstLook({ rights: denied })),
    story('pc', 'loading', () => bare('pc', undefined, { looked: loading })),
    story('pc', 'error', () => bare('pc', undefined, { looked: failed })),
    story('pc', 'empty', () => about('pc', { ...laptop, disks: [], bootVolumes: [] })),
  ]
}

function system(): readonly Story[] {
  return [
    story('system', 'default', () => about('system', laptop)),
    story('system', 'refused', () => about('system', bios)),
    story('system', 'fetched', () =>
      about('system', laptop, {
        catalogue: ready({ version: 7, expires: '2027-02-26T11:13:28Z', releases: 3 }),
      }),
    ),
    story('system', 'fetching', () => about('system', laptop, { catalogue: loading })),
    story('system', 'fetch-failed', () => about('system', laptop, { catalogue: failed })),
    story('system', 'loading', () => bare('system', undefined, { releases: loading })),
    story('system', 'error', () => bare('system', undefined, { releases: failed })),
    story('system', 'empty', () => about('system', laptop, { releases: ready([]) })),
    story('system', 'read-only', () => about('system', laptop, {}, recording)),
  ]
}

function space(): readonly Story[] {
  const expert = { settings: { language: 'system', theme: 'system', expert: true } } as const
  return [
    story('space', 'default', () => about('space', laptop)),
    story('space', 'two-disks', () => about('space', encrypted)),
    story('space', 'expert', () => about('space', laptop, expert)),
    story('space', 'refused', () => about('space', bios)),
    story('space', 'hostile', () => about('space', hostile)),
    story('space', 'read-only', () => about('space', laptop, {}, recording)),
    story('space', 'empty', () => bare('space')),
  ]
}

function you(): readonly Story[] {
  const suggested = {
    language: 'de_DE.UTF-8',
    keymap: 'de-nodeadkeys',
    timezone: 'Europe/Berlin',
    hostname: 'annas-pc',
    user: 'anna',
    fullName: 'Anna Müller',
  }
  const filled = { ...plainChoices, you: { ...suggested, passwordHash: `sha256:${'ab'.repeat(32)}` } }
  const encrypted = { ...plainChoices, you: { ...suggested, encryption: 'tpm' } } as const
  const wrong = { ...plainChoices, you: { ...suggested, user: 'Anna Müller' } }
  return [
    story('you', 'default', () => about('you', laptop, { suggested })),
    story('you', 'filled', () => about('you', laptop, { suggested, choices: filled })),
    story('you', 'encrypted', () => about('you', laptop, { suggested, choices: encrypted })),
    story('you', 'unfitting', () => about('you', laptop, { suggested, choices: wrong })),
    story('you', 'empty', () => about('you', laptop)),
    story('you', 'read-only', () => about('you', laptop, { suggested }, recording)),
  ]
}

function review(): readonly Story[] {
  const confirm = { goal: 'confirm', system: null, planned: ready(confirmPlan) } as const
  const release = offered(recorded.releases[0])
  const issues =
    release === null
      ? []
      : unsuitable(bios, release, plainChoices).map((issue) => ({ ...issue, ...describeIssue(issue, 'en') }))
  const blocked = { plan: null, issues, description: [], space: null }
  const unasked = { goal: 'switch', system: 'windows', planned: rightsNeeded } as const
  return [
    story('review', 'default', () => about('review', laptop, { proposal: install(installPlan) })),
    story('review', 'keep', () => about('review', trial, { proposal: confirm })),
    story('review', 'repair', () =>
      about('review', trial, { proposal: { goal: 'repair', system: null, planned: ready(repairPlan) } }),
    ),
    story('review', 'blocked', () => about('review', bios, { proposal: install(blocked) })),
    story('review', 'hostile', () => about('review', hostile, { proposal: install(installPlan) })),
    story('review', 'read-only', () =>
      about('review', laptop, { proposal: install(installPlan) }, recording),
    ),
    story('review', 'loading', () =>
      about('review', laptop, { proposal: { goal: 'install', system: null, planned: loading } }),
    ),
    story('review', 'error', () =>
      about('review', laptop, { proposal: { goal: 'install', system: null, planned: failed } }),
    ),
    // Opened from the system's menu ("Restart into Windows"): nobody has given full rights yet, or somebody said no.
    story('review', 'rights', () => firstLook({ proposal: unasked }, 'review')),
    story('review', 'denied', () => firstLook({ proposal: unasked, rights: denied }, 'review')),
  ]
}

function run(): readonly Story[] {
  const { begun, writing, undoing, interrupted, installed, rolledBack, undone } = storyRuns
  return [
    story('install', 'default', () => about('install', laptop, { run: writing })),
    story('install', 'loading', () => about('install', laptop, { run: begun })),
    story('install', 'battery', () => about('install', laptop, { run: writing, power: onBattery })),
    story('install', 'undoing', () => about('install', laptop, { run: undoing })),
    story('install', 'interrupted', () => about('install', laptop, { run: interrupted })),
    story('install', 'error', () =>
      about('install', laptop, { run: { ...writing, failure: failed.failure } }),
    ),
    story('install', 'empty', () => about('install', laptop)),
    story('done', 'default', () => about('done', laptop, { run: installed })),
    story('done', 'practice', () => about('done', laptop, { run: installed }, practicePc)),
    story('done', 'trial', () => about('done', trial, { run: installed })),
    story('done', 'rolled-back', () => about('done', laptop, { run: rolledBack })),
    story('done', 'undone', () => about('done', laptop, { run: undone })),
    story('done', 'interrupted', () => about('done', laptop, { run: interrupted })),
    story('done', 'empty', () => about('done', laptop)),
  ]
}

/** What the look at an installation can find. */
function healthFindings() {
  const where = 'Boot0001'
  const gone = finding('berth-entry-missing', 'warning', { where, facts: { description: 'Berth Desktop' } })
  const path = '/EFI/Berth/berth-desktop-2026.11.1-x86_64.efi'
  const changed = finding('berth-file-changed', 'warning', {
    required: 519_045_120,
    found: 4096,
    where: path,
  })
  const reverted = finding('berth-order-reverted', 'warning', { where })
  const twice = finding('berth-entry-doubled', 'warning', { where: 'Boot0007', facts: { list: 'Boot0007' } })
  const waiting = finding('berth-trial-waiting', 'note')
  const byHand = finding('berth-entry-foreign', 'note', {
    where: 'Boot0005',
    facts: { description: 'By hand' },
  })
  const first = finding('default-start-changed', 'note', { facts: { former: 0, first: 2 } })
  const noWindows = finding('windows-entry-missing', 'warning', { found: 'none' })
  return { gone, changed, reverted, twice, waiting, byHand, first, noWindows }
}

function home(): readonly Story[] {
  const { gone, changed, reverted, twice, waiting, byHand, first, noWindows } = healthFindings()
  const withFindings = (state: 'damaged' | 'installed' | 'trial', ...findings: readonly Finding[]) => {
    const told = findings.map((one) => ({ ...one, ...describeIssue(one) }))
    return { status: ready({ ...onTrial, state, findings: told }) }
  }
  const lost = {
    ...trial,
    berth: { ...trial.berth, entry: null, problems: ['entry-missing'] },
  } as typeof trial
  const chosen = {
    ...onTrial,
    state: 'installed',
    next: { entry: 0, description: 'Windows Boot Manager' },
  } as const
  const interrupted = { ...onTrial, state: 'interrupted', open: { run: 'run-1', goal: 'install' } } as const
  const kept = { ...onTrial, state: 'installed' } as const
  return [
    story('home', 'default', () => about('home', trial, { status: ready(kept) })),
    story('home', 'trial', () => about('home', trial, withFindings('trial', waiting))),
    story('home', 'chosen', () => about('home', trial, { status: ready(chosen) })),
    story('home', 'entry-gone', () => about('home', lost, withFindings('damaged', gone))),
    story('home', 'order-reverted', () => about('home', trial, withFindings('damaged', reverted))),
    story('home', 'damaged', () =>
      about('home', lost, withFindings('damaged', gone, changed, twice, byHand)),
    ),
    story('home', 'windows-gone', () => about('home', trial, withFindings('installed', noWindows))),
    story('home', 'noticed', () => about('home', trial, withFindings('installed', first, byHand))),
    story('home', 'interrupted', () => about('home', trial, { status: ready(interrupted) })),
    story('home', 'empty', () => about('home', laptop)),
    story('home', 'read-only', () => about('home', trial, {}, recording)),
    story('home', 'loading', () => bare('home', undefined, { status: loading })),
    story('home', 'error', () => bare('home', undefined, { status: failed })),
  ]
}

function practice(): readonly Story[] {
  const templates = ready(
    ['windows', 'windows-two-disks', 'bitlocker', 'linux', 'bios'].map((name) => ({
      name,
      description: name,
    })),
  )
  const state = { target: practicePc.id, start: 1, end: null, lastLine: 2 } as const
  const next = {
    entry: 1,
    description: 'Berth Desktop',
    reason: 'boot-next',
    sentence: 'Boot0001 "Berth Desktop" starts next, because it was chosen for the next start only.',
  } as const
  const started = {
    target: practicePc.id,
    start: 1,
    entry: 0,
    description: 'Windows Boot Manager',
    reason: 'first-in-order',
    end: 'power-off',
    durationMs: 9000,
  } as const
  const lines = ['BdsDxe: loading Boot0000 "Windows Boot Manager"', 'Windows stand-in is running']
  const view = { ...noPractice, templates, next, starts: [started], lines }
  return [
    story('practice', 'default', () => about('practice', laptop, { practice: view }, practicePc)),
    story('practice', 'running', () =>
      about('practice', laptop, { practice: { ...view, state: { ...state, state: 'on' } } }, practicePc),
    ),
    story('practice', 'empty', () =>
      bare('practice', undefined, { targets: ready([]), practice: { ...noPractice, templates } }),
    ),
    story('practice', 'loading', () => bare('practice', practicePc, { targets: loading })),
    story('practice', 'error', () =>
      about('practice', laptop, { practice: { ...view, failure: failed.failure } }, practicePc),
    ),
  ]
}

function helpAndReport(): readonly Story[] {
  const ids: readonly IssueId[] = ['fast-startup', 'bitlocker-prompt-likely', 'firmware-bios', 'space-none']
  const entries = ids.map((id) => ({ id, about: 'issue' as const, ...describeIssue({ id, facts: {} }) }))
  const text = JSON.stringify(laptop.firmware, null, 2)
  const files = [
    { name: 'README.txt', size: 812 as never, text: 'This folder describes one PC.', cut: false },
    { name: 'machine.json', size: 20480 as never, text, cut: true },
  ]
  return [
    story('help', 'default', () => bare('help', undefined, { help: ready(entries) })),
    story('help', 'empty', () => bare('help', undefined, { help: ready([]), helpQuery: 'zzz' })),
    story('help', 'loading', () => bare('help', undefined, { help: loading })),
    story('help', 'error', () => bare('help', undefined, { help: failed })),
    story('report', 'default', () => about('report', laptop, { report: ready(files) })),
    story('report', 'saved', () =>
      about('report', laptop, { report: ready(files), reportFolder: ready('/home/anna/Berth/report-1') }),
    ),
    story('report', 'loading', () => about('report', laptop, { report: loading })),
    story('report', 'error', () => about('report', laptop, { report: failed })),
    story('report', 'empty', () => about('report', laptop, { report: ready([]) })),
  ]
}
