import { hashPassword, saltFrom } from '../../installer-core/base/password-hash.ts'
import { chosenNetwork, type KnownNetwork } from '../../installer-core/model/networks.ts'
import {
  suggestedYouSchema,
  type CredentialKind,
  type SuggestedYou,
  type You,
} from '../../installer-core/model/you.ts'

/** What a person can fill in, but for the password. */
export type YouField = keyof SuggestedYou

export const person = ['fullName', 'user', 'hostname'] as const
export const ways = ['language', 'keymap', 'timezone'] as const

/** The fields as they stand on the page. */
export type Fields = { readonly [K in YouField]?: string | undefined }

/** What a release calls each of them. */
export const kindOf: Readonly<Record<YouField, CredentialKind>> = {
  language: 'language',
  keymap: 'keymap',
  timezone: 'timezone',
  hostname: 'hostname',
  user: 'user',
  fullName: 'full-name',
}

/** Whether the new system can take this; an empty field is left out, so it fits. */
export function isFitting(field: YouField, text: string): boolean {
  return text === '' || suggestedYouSchema.safeParse({ [field]: text }).success
}

/** The choices that the fields and the networks that were ticked make. An empty password keeps the one that was set before. */
export function filledIn(
  fields: Fields,
  takes: readonly CredentialKind[],
  password: string,
  before: You | null,
  networks: readonly KnownNetwork[] = [],
): You {
  const taken = [...person, ...ways].filter((name) => takes.includes(kindOf[name]))
  const filled = taken.flatMap((name) => {
    const text = fields[name] ?? ''
    return text === '' ? [] : [[name, text] as const]
  })
  const passwordHash = password === '' ? before?.passwordHash : hashTyped(password)
  const wifi = networks.map(chosenNetwork)
  return {
    ...Object.fromEntries(filled),
    ...(passwordHash === undefined ? {} : { passwordHash }),
    ...(wifi.length === 0 ? {} : { wifi }),
  }
}

/** The salted hash of a password that was typed. The password goes no further. */
export function hashTyped(password: string): string {
  return hashPassword(password, saltFrom(crypto.getRandomValues(new Uint8Array(16))))
}
