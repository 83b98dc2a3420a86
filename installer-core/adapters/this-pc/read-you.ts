import { readFile } from 'node:fs/promises'
import { hostname, userInfo } from 'node:os'
import { suggestedYouSchema, type SuggestedYou } from '../../model/you.ts'

/** What the present system says, before it is made to fit. */
export interface YouFacts {
  /** As the environment has it (`de_DE.UTF-8`), or as the operating system does (`de-DE`). */
  readonly locale: string
  readonly timezone: string
  readonly hostname: string
  readonly user: string
  /** The text of `/etc/passwd`, in which a Linux keeps full names; empty elsewhere. */
  readonly passwd: string
  /** The text of `/etc/default/keyboard`; empty elsewhere. */
  readonly keyboard: string
}

/** Language, keyboard, time zone and names of the present system. What cannot be told is left out. */
export async function readYou(): Promise<SuggestedYou> {
  const { env } = process
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return youFrom({
    locale: env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? locale,
    timezone: timeZone,
    hostname: hostname(),
    user: userName(),
    passwd: await textOf('/etc/passwd'),
    keyboard: await textOf('/etc/default/keyboard'),
  })
}

/** Makes the facts fit a new system: what does not is changed where that is plain, else left out. */
export function youFrom(facts: YouFacts): SuggestedYou {
  const language = languageOf(facts.locale)
  const user = plainName(facts.user, /[^a-z0-9_-]/g)
  const wanted = {
    language,
    keymap: keymapOf(facts.keyboard) ?? language?.slice(3, 5).toLowerCase(),
    timezone: facts.timezone === 'UTC' ? undefined : facts.timezone,
    hostname: plainName(facts.hostname.split('.')[0] ?? '', /[^a-z0-9-]/g),
    user: user === 'root' ? undefined : user,
    fullName: fullNameOf(facts),
  }
  const fitting = Object.entries(wanted).filter(
    ([name, value]) =>
      value !== undefined && value !== '' && suggestedYouSchema.safeParse({ [name]: value }).success,
  )
  return suggestedYouSchema.parse(Object.fromEntries(fitting))
}

function languageOf(locale: string): string | undefined {
  const match = /^([a-z]{2})[-_]([A-Z]{2})/.exec(locale)
  return match === null ? undefined : `${match[1]}_${match[2]}.UTF-8`
}

/** keyboard(5): XKBLAYOUT and XKBVARIANT, of which the first of each counts. */
function keymapOf(text: string): string | undefined {
  const value = (name: string) => new RegExp(`^${name}="?([a-z0-9_]+)`, 'm').exec(text)?.[1]
  const [layout, variant] = [value('XKBLAYOUT'), value('XKBVARIANT')]
  return variant === undefined ? layout : layout && `${layout}-${variant}`
}

/** passwd(5): the fifth field, up to its first comma. */
function fullNameOf({ passwd, user }: YouFacts): string | undefined {
  const line = passwd.split('\n').find((one) => one.startsWith(`${user}:`))
  const name = line?.split(':')[4]?.split(',')[0]?.trim()
  return user === 'root' ? undefined : name
}

/** `Anna Müller` becomes `anna-muller`: small letters, marks taken off, the rest left out. */
function plainName(text: string, others: RegExp): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, '-')
  return plain
    .replace(others, '')
    .replace(/^[^a-z0-9_]+|-+$/g, '')
    .slice(0, 31)
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user without an entry has no name.
    return ''
  }
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
