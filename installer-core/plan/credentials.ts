import { fail, ok, type Result } from '../base/result.ts'
import type { Choices } from '../model/choices.ts'
import type { ReleaseManifest } from '../model/release.ts'
import { sealedSchema, type CredentialKind, type You } from '../model/you.ts'
import type { HashText } from './plan-outcome.ts'

/** Where the new system looks for what it is to know (systemd-stub(7), "loader/credentials"). */
export const credentialFolder = '/loader/credentials'

/** One credential: its place on the boot volume and its text, which may be a secret. */
export interface Credential {
  readonly path: string
  readonly text: string
}

/** What is written for a release that takes it over; nothing for one that does not say so. */
export function credentialsOf(choices: Choices, release: ReleaseManifest): readonly Credential[] {
  const { you } = choices
  const takes = new Set<CredentialKind>(release.firstStart?.takes ?? [])
  if (you === undefined) return []
  const single: readonly (readonly [CredentialKind, string | undefined])[] = [
    ['language', you.language],
    ['keymap', you.keymap],
    ['timezone', you.timezone],
    ['hostname', you.hostname],
    ['user', you.user],
    ['full-name', you.fullName],
    ['password-hash', you.passwordHash],
    ['encryption', you.encryption],
  ]
  return [
    ...single.flatMap(([kind, text]) =>
      text === undefined || !takes.has(kind) ? [] : [{ path: pathOf(kind), text }],
    ),
    ...(takes.has('wifi') ? (you.wifi ?? []) : []).map(({ name, profile }) => ({
      path: pathOf(`wifi.${name}`),
      text: profile,
    })),
  ]
}

/**
 * The choices as a plan, a journal, a report and a profile may hold them: each secret replaced by its SHA-256, so that
 * the fingerprint still binds it. Choices that are sealed already stay as they are.
 */
export function sealChoices(choices: Choices, sha256: HashText): Choices {
  return choices.you === undefined ? choices : { ...choices, you: sealYou(choices.you, sha256) }
}

/** The choices without anything secret, for a file that a person keeps. */
export function withoutSecrets(choices: Choices): Choices {
  if (choices.you === undefined) return choices
  const open = Object.entries(choices.you).filter(([name]) => name !== 'passwordHash' && name !== 'wifi')
  return { ...choices, you: Object.fromEntries(open) }
}

/** Refuses secrets that are only known by their SHA-256: those of a report cannot be installed with. */
export function refuseSealed({ you }: Choices): Result<void> {
  const sealed = [you?.passwordHash, ...(you?.wifi ?? []).map(({ profile }) => profile)].some(isSealed)
  if (!sealed) return ok(undefined)
  return fail('usage', { what: 'choices.you', required: 'passwordHash, wifi[].profile' })
}

function sealYou(you: You, sha256: HashText): You {
  const seal = (secret: string) => (isSealed(secret) ? secret : `sha256:${sha256(secret)}`)
  return {
    ...you,
    ...(you.passwordHash === undefined ? {} : { passwordHash: seal(you.passwordHash) }),
    ...(you.wifi === undefined
      ? {}
      : { wifi: you.wifi.map(({ name, profile }) => ({ name, profile: seal(profile) })) }),
  }
}

/** The SHA-256 that a credential's text has; of a sealed one that of what it stands for. */
export function credentialDigest(text: string, sha256: HashText): string {
  return isSealed(text) ? text.slice('sha256:'.length) : sha256(text)
}

function isSealed(text: string | undefined): boolean {
  return text !== undefined && sealedSchema.safeParse(text).success
}

function pathOf(name: string): string {
  return `${credentialFolder}/berth.${name}.cred`
}
