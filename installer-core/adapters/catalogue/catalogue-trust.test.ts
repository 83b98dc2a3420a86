import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../../base/failure-code.ts'
import { expectOk, type Result } from '../../base/result.ts'
import type { CatalogueRoot, CatalogueTimestamp } from '../../model/catalogue.ts'
import { documentBytes, signDocument } from '../../system/catalogue-signer.ts'
import { makeSigner } from '../../system/release-signer.ts'
import {
  afterRootChange,
  believeFirstRoot,
  believeRoot,
  believeTimestamp,
  type Believed,
} from './catalogue-trust.ts'
import { inDays, today } from './testing/catalogue-kit.ts'

const newKey = (name: string) => makeSigner(name, true, generateKeyPairSync('ed25519').privateKey)
const [rootA, rootB, rootC] = [newKey('a'), newKey('b'), newKey('c')]
const [catalogueKey, stampKey, otherKey] = [newKey('catalogue'), newKey('timestamp'), newKey('other')]
const keysOf = (...signers: { key: { publicKey: string } }[]) => signers.map(({ key }) => key.publicKey)
const id = '0123456789abcdef0123456789abcdef'
const expectRefusal = (result: Result<unknown>, code: FailureCode) =>
  expect(result).toMatchObject({ ok: false, failure: { code } })

const first: CatalogueRoot = {
  schema: 'berth/catalogue-root/1',
  root: id,
  version: 1,
  expires: inDays(365),
  roles: {
    root: { keys: keysOf(rootA, rootB), threshold: 2 },
    catalogue: { keys: keysOf(catalogueKey), threshold: 1 },
    timestamp: { keys: keysOf(stampKey), threshold: 1 },
  },
}
const believed: Believed = { root: first, timestampVersion: 0, catalogueVersion: 0 }
const stamp: CatalogueTimestamp = {
  schema: 'berth/catalogue-timestamp/1',
  root: id,
  version: 5,
  expires: inDays(14),
  catalogue: { version: 3, size: 10 as never, sha256: '0'.repeat(64) },
}
const signed = (document: unknown, ...by: (typeof rootA)[]) => documentBytes(signDocument(document, by))

describe('root documents', () => {
  it('need as many different keys as they say, each counted once', () => {
    expectOk(believeFirstRoot(signDocument(first, [rootA, rootB])))
    expectRefusal(believeFirstRoot(signDocument(first, [rootA])), 'catalogue-altered')
    expectRefusal(believeFirstRoot(signDocument(first, [rootA, rootA])), 'catalogue-altered')
    expectRefusal(believeFirstRoot(signDocument(first, [rootA, rootC])), 'catalogue-altered')
  })

  it('follow each other only with the keys of both', () => {
    const next: CatalogueRoot = {
      ...first,
      version: 2,
      roles: { ...first.roles, root: { keys: keysOf(rootB, rootC), threshold: 2 } },
    }
    expect(expectOk(believeRoot(first, signed(next, rootA, rootB, rootC))).version).toBe(2)
    expectRefusal(believeRoot(first, signed(next, rootB, rootC)), 'catalogue-altered')
    expectRefusal(believeRoot(first, signed(next, rootA, rootB)), 'catalogue-altered')
    expectRefusal(
      believeRoot(first, signed({ ...next, version: 3 }, rootA, rootB, rootC)),
      'catalogue-altered',
    )
    expectRefusal(
      believeRoot(first, signed({ ...next, root: '1'.repeat(32) }, rootA, rootB, rootC)),
      'catalogue-altered',
    )
    expectRefusal(believeRoot(first, signed({ ...first, version: 1 }, rootA, rootB)), 'catalogue-altered')
  })

  it('are refused when a key stands twice or a threshold cannot be reached', () => {
    const twice = {
      ...first,
      version: 2,
      roles: { ...first.roles, root: { keys: keysOf(rootA, rootA), threshold: 2 } },
    }
    expectRefusal(believeRoot(first, signed(twice, rootA, rootB)), 'malformed')
    const high = {
      ...first,
      version: 2,
      roles: { ...first.roles, root: { keys: keysOf(rootA), threshold: 2 } },
    }
    expectRefusal(believeRoot(first, signed(high, rootA, rootB)), 'malformed')
  })

  it('free what exchanged keys had claimed, and nothing otherwise', () => {
    const seen = { ...believed, timestampVersion: 9, catalogueVersion: 8 }
    const longer = { ...first, version: 2, expires: inDays(900) }
    expect(afterRootChange(seen, longer)).toMatchObject({ timestampVersion: 9, catalogueVersion: 8 })
    const roles = { ...first.roles, timestamp: { keys: keysOf(otherKey), threshold: 1 } }
    expect(afterRootChange(seen, { ...longer, roles })).toMatchObject({
      timestampVersion: 0,
      catalogueVersion: 0,
    })
  })
})

describe('a timestamp', () => {
  it('is believed from its own key only', () => {
    expect(expectOk(believeTimestamp(believed, signed(stamp, stampKey), today)).version).toBe(5)
    for (const wrong of [catalogueKey, rootA, otherKey])
      expectRefusal(believeTimestamp(believed, signed(stamp, wrong), today), 'catalogue-altered')
  })

  it('is refused when any member was changed after signing', () => {
    const document = signDocument(stamp, [stampKey])
    for (const change of [
      { version: 6 },
      { expires: inDays(900) },
      { catalogue: { ...stamp.catalogue, version: 4 } },
    ]) {
      const data = documentBytes({ ...document, signed: { ...stamp, ...change } })
      expectRefusal(believeTimestamp(believed, data, today), 'catalogue-altered')
    }
  })

  it('may not be older than what was seen, nor name an older catalogue', () => {
    const data = signed(stamp, stampKey)
    expectOk(believeTimestamp({ ...believed, timestampVersion: 5, catalogueVersion: 3 }, data, today))
    expectRefusal(
      believeTimestamp({ ...believed, timestampVersion: 6 }, data, today),
      'catalogue-rolled-back',
    )
    expectRefusal(
      believeTimestamp({ ...believed, catalogueVersion: 4 }, data, today),
      'catalogue-rolled-back',
    )
  })

  it('expires at the moment it says, so that an old catalogue cannot be served for long', () => {
    const data = signed(stamp, stampKey)
    expectOk(believeTimestamp(believed, data, new Date(Date.parse(inDays(14)) - 1).toISOString()))
    expectRefusal(believeTimestamp(believed, data, inDays(14)), 'catalogue-expired')
  })
})
