import { describe, expect, it } from 'vitest'
import { debianMirror } from './apt-sources.ts'

const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n'
const ubuntu = 'ID=ubuntu\nVERSION_CODENAME=noble\n'
const publicMirror = debianMirror([], ubuntu)

describe("the machine's Debian mirror", () => {
  it('is read from deb822 sources, the archive and not the security updates', () => {
    const file = [
      'Types: deb',
      'URIs: http://security.mirror.example/debian-security',
      'Suites: bookworm-security',
      'Components: main',
      '',
      '# a comment',
      'Types: deb deb-src',
      'URIs: http://mirror.example/debian http://second.example/debian',
      'Suites: bookworm bookworm-updates',
      'Components:',
      ' main',
      ' contrib',
    ].join('\n')
    expect(debianMirror([file], debian)).toBe('http://mirror.example/debian')
  })

  it('is read from one-line sources with options', () => {
    const file =
      '# deb http://old.example/debian bookworm main\ndeb-src http://src.example/debian bookworm main\n' +
      'deb [arch=amd64 signed-by=/k.gpg] mirror+file:/etc/apt/mirrors/debian.list bookworm main non-free\n'
    expect(debianMirror([file], debian)).toBe('mirror+file:/etc/apt/mirrors/debian.list')
  })

  it('leaves out what is switched off and what is not Debian', () => {
    const off =
      'Types: deb\nEnabled: no\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main\n'
    const other = 'deb https://tools.example/apt stable-tools main\n'
    expect(debianMirror([off, other], debian)).toBe(publicMirror)
  })

  it("is Debian's public default on Ubuntu, whatever its sources say", () => {
    expect(debianMirror(['deb http://ubuntu.example/ubuntu noble main\n'], ubuntu)).toBe(publicMirror)
    expect(publicMirror).toMatch(/^http:\/\/.*debian/)
  })
})
