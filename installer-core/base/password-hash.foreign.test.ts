import { expect, it } from 'vitest'
import { runForeign } from '../formats/testing/foreign-tools.ts'
import { youSchema } from '../model/you.ts'
import { hashPassword, saltFrom } from './password-hash.ts'

const lengths = [1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200]

it.each([...lengths.map((length) => 'x'.repeat(length)), 'Grüße, 世界 🚢', '$(id) "quoted"'])(
  'hashes as openssl does: %s',
  (password) => {
    for (const salt of ['a', './09AZaz', 'sixteencharacter'])
      for (const rounds of [1000, 5000]) {
        const theirs = runForeign(
          'openssl',
          ['passwd', '-6', '-salt', `rounds=${rounds}$${salt}`, '-stdin'],
          password,
        )
        expect(hashPassword(password, salt, rounds)).toBe(theirs.trim())
      }
  },
)

it('makes a salt of its own, and a hash that the choices take', () => {
  const salt = saltFrom(crypto.getRandomValues(new Uint8Array(16)))
  expect(salt).toMatch(/^[./0-9A-Za-z]{16}$/)
  expect(youSchema.safeParse({ passwordHash: hashPassword('x', salt) }).success).toBe(true)
  expect(() => saltFrom(new Uint8Array(15))).toThrow()
  expect(() => hashPassword('x', 'no$salt')).toThrow()
})
