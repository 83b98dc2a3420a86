import { describe, expect, it } from 'vitest'
import { hashPassword, saltFrom } from '../base/password-hash.ts'
import { expectOk } from '../base/result.ts'
import { buildChoices, buildMachine, buildRelease } from '../check/testing/machine-builder.ts'
import { choicesSchema, type Choices } from '../model/choices.ts'
import { planSchema } from '../model/plan.ts'
import { credentialKinds, type You } from '../model/you.ts'
import { credentialsOf, refuseSealed, sealChoices, withoutSecrets } from './credentials.ts'
import { describePlan } from './describe-plan.ts'
import { makePlan } from './make-plan.ts'
import { makeUndoPlan } from './make-undo-plan.ts'
import { hashText } from './testing/hash-text.ts'
import { machineAfter } from './testing/machine-after.ts'

const passwordHash = hashPassword('correct horse', saltFrom(new Uint8Array(16).fill(7)), 1000)
const wifi = [{ name: 'home', profile: `# ${'0f'.repeat(16)}\n[wifi-security]\npsk=battery staple\n` }]
const you: You = {
  language: 'de_DE.UTF-8',
  keymap: 'de-nodeadkeys',
  timezone: 'Europe/Berlin',
  hostname: 'annas-pc',
  user: 'anna',
  fullName: 'Anna Müller',
  passwordHash,
  wifi,
}
const choices = buildChoices({ you })
const release = buildRelease({ firstStart: { takes: [...credentialKinds] } })
const machine = buildMachine()
const made = (wanted: Choices = choices, from = release) =>
  makePlan(machine, wanted, from, 'e'.repeat(64), hashText)
const plan = made().plan!

describe('what the first start is to know', () => {
  it('is a step of its own, of hashes, before anything starts', () => {
    const kinds = plan.steps.map(({ kind }) => kind)
    expect(kinds.indexOf('write-credentials')).toBe(kinds.indexOf('write-files') + 1)
    expect(kinds.indexOf('write-credentials')).toBeLessThan(kinds.indexOf('create-boot-entry'))
    const text = JSON.stringify(plan)
    for (const secret of [passwordHash, 'battery staple', 'correct horse']) expect(text).not.toContain(secret)
    planSchema.parse(plan)
    expect(
      describePlan(plan, machine)
        .flatMap(({ lines }) => lines)
        .join('\n'),
    ).toContain('8 notes for the first start')
  })

  it('is written only as far as the release takes it over', () => {
    expect(
      credentialsOf(choices, release).map(({ path }) => path.slice('/loader/credentials/berth.'.length)),
    ).toEqual([
      'language.cred',
      'keymap.cred',
      'timezone.cred',
      'hostname.cred',
      'user.cred',
      'full-name.cred',
      'password-hash.cred',
      'wifi.home.cred',
    ])
    const some = buildRelease({ firstStart: { takes: ['language'] } })
    expect(credentialsOf(choices, some)).toEqual([
      { path: '/loader/credentials/berth.language.cred', text: 'de_DE.UTF-8' },
    ])
    expect(made(choices, buildRelease()).plan?.steps.some(({ kind }) => kind === 'write-credentials')).toBe(
      false,
    )
  })

  it('says how files are to be encrypted, in a word that is no secret', () => {
    const encrypted = buildChoices({ you: { encryption: 'tpm' } })
    expect(credentialsOf(encrypted, release)).toEqual([
      { path: '/loader/credentials/berth.encryption.cred', text: 'tpm' },
    ])
    expect(withoutSecrets(encrypted)).toEqual(encrypted)
    expect(made(encrypted).plan, 'a release without a data partition').toBeNull()
  })

  it('binds the fingerprint: another password is another plan', () => {
    const other = buildChoices({ you: { ...you, passwordHash: passwordHash.replace(/.$/, 'x') } })
    expect(made(other).plan?.fingerprint).not.toBe(plan.fingerprint)
  })

  it('gives the same plan from sealed choices, which cannot be installed with', () => {
    const sealed = sealChoices(choices, hashText)
    expect(sealed).toEqual(plan.choices)
    expect(sealChoices(sealed, hashText)).toEqual(sealed)
    expect(made(sealed).plan).toEqual(plan)
    expectOk(refuseSealed(choices))
    expect(refuseSealed(sealed)).toMatchObject({ ok: false, failure: { code: 'usage' } })
  })

  it('leaves secrets out of a profile that is kept', () => {
    expect(withoutSecrets(choices).you).not.toHaveProperty('passwordHash')
    expect(withoutSecrets(choices).you).toMatchObject({ user: 'anna' })
    expect(withoutSecrets(buildChoices())).toEqual(buildChoices())
  })

  it('is taken away by an undo', () => {
    const manifest = {
      schema: 'berth/manifest/1' as const,
      plan,
      before: { bootOrder: [0], bootNext: null, disks: [], bootVolumeFree: null },
    }
    const undo = makeUndoPlan(machineAfter(machine, plan), manifest, hashText).plan
    const kinds = undo?.steps.map(({ kind }) => kind) ?? []
    expect(kinds).toContain('remove-credentials')
    expect(kinds.indexOf('remove-credentials')).toBeLessThan(kinds.indexOf('remove-files'))
  })

  it.each([
    ['language', 'de_DE.UTF-8\nroot'],
    ['keymap', 'de; rm'],
    ['timezone', '../../etc/passwd'],
    ['hostname', 'Anna PC'],
    ['user', 'root:x'],
    ['fullName', 'Anna:,'],
    ['encryption', 'none'],
    ['passwordHash', 'secret'],
    ['passwordHash', '$1$old$hash'],
  ])('refuses %s as %s', (name, value) => {
    expect(choicesSchema.safeParse({ schema: 'berth/choices/1', you: { [name]: value } }).success).toBe(false)
  })
})
