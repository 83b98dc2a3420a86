import { expect, it } from 'vitest'
import type { SafeText } from '../../installer-core/model/primitives.ts'
import { credentialKinds, youSchema } from '../../installer-core/model/you.ts'
import { hashPassword } from '../../installer-core/base/password-hash.ts'
import { filledIn, isFitting } from './you.ts'

it('makes choices of what is filled in and taken over, with a hash instead of the password', () => {
  const fields = { user: 'anna', hostname: '', language: 'de_DE.UTF-8' }
  const you = filledIn(fields, credentialKinds, 'Grüße 1', null)
  youSchema.parse(you)
  expect(you).toMatchObject({ user: 'anna', language: 'de_DE.UTF-8' })
  expect(Object.keys(you)).not.toContain('hostname')
  expect(JSON.stringify(you)).not.toContain('Grüße')
  const [, , rounds, salt] = you.passwordHash?.split('$') ?? []
  expect(hashPassword('Grüße 1', salt ?? '', Number(rounds?.slice('rounds='.length)))).toBe(you.passwordHash)
  expect(filledIn(fields, ['language'], '', null)).toEqual({ language: 'de_DE.UTF-8' })
})

it('keeps a password that was set when none is typed, and salts each anew', () => {
  const first = filledIn({}, credentialKinds, 'one', null)
  expect(filledIn({}, credentialKinds, '', first)).toEqual(first)
  expect(filledIn({}, credentialKinds, 'one', first)).not.toEqual(first)
})

it('says what the new system cannot take', () => {
  expect(isFitting('user', '')).toBe(true)
  expect(isFitting('user', 'Anna Müller')).toBe(false)
  expect(isFitting('timezone', '../x')).toBe(false)
})

it('names the networks that were ticked by id and seal, and none when none was', () => {
  const seal = `sha256:${'0f'.repeat(32)}`
  const you = filledIn({}, credentialKinds, '', null, [{ id: 'abc', ssid: 'Zuhause' as SafeText, seal }])
  youSchema.parse(you)
  expect(you).toEqual({ wifi: [{ name: 'abc', profile: seal }] })
  // Those of before are not kept in secret when their ticks were taken off.
  expect(filledIn({}, credentialKinds, '', you)).toEqual({})
})
