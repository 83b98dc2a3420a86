import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { readStub, runForeign, withFolder } from '../testing/foreign-tools.ts'
import { authenticodeInput, feedAuthenticode, readCertificates } from './authenticode.ts'
import { makeEfiApplication } from './make-application.ts'
import { makeUki } from './make-uki.ts'
import { findSection, parsePe, sectionData } from './parse-pe.ts'
import { laterPhases, predictPcr11 } from './predict-pcr11.ts'

const text = (value: string) => new TextEncoder().encode(value)
const read = (path: string) => new Uint8Array(readFileSync(path))
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')

/** Stands in for a kernel: the tools look at its headers. */
const kernel = makeEfiApplication({ code: new Uint8Array(9000).fill(0x90) })
const parts = [
  { name: '.osrel', data: text('ID=berth\nVERSION_ID=1\n') },
  { name: '.cmdline', data: text('console=ttyS0 quiet') },
  { name: '.uname', data: text('6.1.0') },
  { name: '.initrd', data: new Uint8Array(70_001).fill(7) },
  { name: '.linux', data: kernel },
]
const uki = () => expectOk(makeUki({ stub: readStub(), sections: parts }))
const partOf = (file: Uint8Array, name: string) =>
  sectionData(file, findSection(expectOk(parsePe(file)), name)!)

function digest(file: Uint8Array): string {
  const hash = createHash('sha256')
  feedAuthenticode(file, expectOk(authenticodeInput(expectOk(parsePe(file)))), (data) => hash.update(data))
  return hash.digest('hex')
}

describe('ukify', () => {
  it('finds every part of our UKI', () => {
    const listed = withFolder((folder) => {
      const file = join(folder, 'berth.efi')
      writeFileSync(file, uki())
      return JSON.parse(runForeign('ukify', ['--json=short', 'inspect', file])) as Record<
        string,
        { size: number; sha256: string }
      >
    })
    for (const { name, data } of parts)
      expect(listed[name], name).toMatchObject({ size: data.length, sha256: sha256(data) })
  })

  it('makes a UKI in which we find every part', () => {
    const made = withFolder((folder) => {
      const paths = new Map(parts.map(({ name, data }) => [name, writePart(folder, name, data)]))
      const stub = writePart(folder, 'stub', readStub())
      const output = join(folder, 'out.efi')
      runForeign('ukify', [
        'build',
        `--stub=${stub}`,
        `--linux=${paths.get('.linux')}`,
        `--initrd=${paths.get('.initrd')}`,
        `--cmdline=@${paths.get('.cmdline')}`,
        `--os-release=@${paths.get('.osrel')}`,
        '--uname=6.1.0',
        `--output=${output}`,
      ])
      return read(output)
    })
    for (const { name, data } of parts)
      expect(sha256(partOf(made, name).subarray(0, data.length)), name).toBe(sha256(data))
  })
})

describe('objcopy', () => {
  it('takes the same parts out of our UKI', () => {
    withFolder((folder) => {
      const file = writePart(folder, 'berth.efi', uki())
      for (const { name, data } of parts) {
        const output = join(folder, `part${name}`)
        runForeign('objcopy', ['-O', 'binary', `--only-section=${name}`, file, output])
        expect(sha256(read(output).subarray(0, data.length)), name).toBe(sha256(data))
      }
    })
  })

  it('adds a section that we find', () => {
    withFolder((folder) => {
      const file = writePart(folder, 'app.efi', makeEfiApplication({ code: Uint8Array.of(0xc3) }))
      const added = writePart(folder, 'sbat', text('sbat,1\nberth,1\n'))
      const flags = ['--set-section-flags', '.sbat=data,readonly', '--change-section-vma', '.sbat=0x10000']
      runForeign('objcopy', ['--add-section', `.sbat=${added}`, ...flags, file, join(folder, 'out.efi')])
      const made = read(join(folder, 'out.efi'))
      expect(new TextDecoder().decode(partOf(made, '.sbat'))).toMatch(/^sbat,1\nberth,1\n/)
      expect([...partOf(made, '.text')].slice(0, 1)).toEqual([0xc3])
    })
  })
})

describe.each([
  ['our UKI', uki],
  ['our small EFI application', () => makeEfiApplication({ code: Uint8Array.of(0xc3), data: text('hello') })],
  ["systemd's stub, whose file ends in symbols", readStub],
])('the Authenticode digest of %s', (_, make) => {
  it('is the one sbsign signs, sbverify accepts and osslsigncode calculates', () => {
    withFolder((folder) => {
      const [file, key, cert] = [join(folder, 'a.efi'), join(folder, 'key.pem'), join(folder, 'cert.pem')]
      writeFileSync(file, make())
      const subject = ['-subj', '/CN=throw-away', '-days', '2', '-keyout', key, '-out', cert]
      runForeign('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject])
      const signed = join(folder, 'signed.efi')
      runForeign('sbsign', ['--key', key, '--cert', cert, '--output', signed, file])
      runForeign('sbverify', ['--cert', cert, signed])
      const printed = runForeign('osslsigncode', ['verify', '-in', signed, '-CAfile', cert])
      const calculated = /Calculated message digest\s*:\s*([0-9A-F]+)/.exec(printed)?.[1]?.toLowerCase()
      expect(calculated).toBe(digest(read(file)))
      expect(digest(read(signed))).toBe(calculated)
      const certificates = expectOk(readCertificates(read(signed), expectOk(parsePe(read(signed)))))
      expect(certificates).toMatchObject([{ type: 2, revision: 0x200 }])
      expect(Buffer.from(certificates[0]!.data).includes(Buffer.from(calculated!, 'hex'))).toBe(true)
    })
  })
})

it('leaves the signature of a signed stub behind', () => {
  withFolder((folder) => {
    const [file, key, cert] = [join(folder, 'a.efi'), join(folder, 'key.pem'), join(folder, 'cert.pem')]
    writeFileSync(file, readStub())
    const subject = ['-subj', '/CN=throw-away', '-days', '2', '-keyout', key, '-out', cert]
    runForeign('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject])
    const signed = join(folder, 'signed.efi')
    runForeign('sbsign', ['--key', key, '--cert', cert, '--output', signed, file])
    const made = expectOk(makeUki({ stub: read(signed), sections: parts }))
    expect(expectOk(parsePe(made)).certificates).toBeNull()
    expect(sha256(made)).toBe(sha256(uki()))
  })
})

function writePart(folder: string, name: string, data: Uint8Array): string {
  const path = join(folder, `in${name}`)
  writeFileSync(path, data)
  return path
}

/** What systemd-measure says of PCR 11 for a UKI's parts; `phases` are joined by colons. */
function measured(image: Uint8Array, bank: string, phases: string): string {
  return withFolder((folder) => {
    const { sections } = expectOk(parsePe(image))
    const names = ['.linux', '.osrel', '.cmdline', '.initrd', '.ucode', '.uname', '.sbat']
    const given = sections
      .filter(({ name }) => names.includes(name))
      .map((section) => {
        const option = section.name.slice(1)
        // What is in memory: Debian's stub has an .sbat that is longer there.
        const data = new Uint8Array(section.virtualSize)
        data.set(sectionData(image, section))
        return `--${option}=${writePart(folder, section.name, data)}`
      })
    const args = ['calculate', '--json=short', `--bank=${bank}`, `--phase=${phases}`, ...given]
    const said = runForeign('systemd-measure', args)
    const answer = JSON.parse(said) as Readonly<Record<string, readonly { readonly hash: string }[]>>
    return answer[bank]?.at(0)?.hash ?? said
  })
}

describe('systemd-measure', () => {
  const bank =
    (name: string) =>
    (...pieces: readonly Uint8Array[]) => {
      const hash = createHash(name)
      for (const piece of pieces) hash.update(piece)
      return new Uint8Array(hash.digest())
    }
  const phases = ['sysinit', 'ready']

  it.each(['sha1', 'sha256', 'sha384'])('predicts the same PCR 11 as we do, in the bank %s', (name) => {
    const sections = [{ name: '.ucode', data: new Uint8Array(5000).fill(3) }, ...parts]
    const image = expectOk(makeUki({ stub: readStub(), sections }))
    const value = expectOk(predictPcr11(image, bank(name)))
    expect(toHex(value)).toBe(measured(image, name, ''))
    expect(toHex(laterPhases(value, phases, bank(name)))).toBe(measured(image, name, phases.join(':')))
  })

  it('says another one when a byte of a part, or the set of parts, is another', () => {
    const value = measured(uki(), 'sha256', '')
    expect(toHex(expectOk(predictPcr11(uki(), bank('sha256'))))).toBe(value)
    const fewer = expectOk(makeUki({ stub: readStub(), sections: parts.slice(1) }))
    expect(toHex(expectOk(predictPcr11(fewer, bank('sha256'))))).toBe(measured(fewer, 'sha256', ''))
    expect(measured(fewer, 'sha256', '')).not.toBe(value)
  })
})
