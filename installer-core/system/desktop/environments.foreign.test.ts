import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../assets/system/desktop/root/usr')
const folder = mkdtempSync(join(tmpdir(), 'berth-environments-'))
const log = join(folder, 'log')

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  program('podman', '')
  program('distrobox', '')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * A program that writes down what it was asked, then does what a shell script says, in which $1 is the first word. Podman
 * says of any image that it is there, or is not.
 */
function program(name: string, script: string, hasImage = false): void {
  const file = join(folder, name)
  writeFileSync(
    file,
    `#!/bin/sh\necho "${name} $*" >>${log}\n[ "$1 $2" != 'image exists' ] || exit ${hasImage ? 0 : 1}\n${script}\n`,
  )
  chmodSync(file, 0o755)
}

const asked = () =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !/^podman (ps|images|image exists) /.test(line))

/** Lines of Python that end by printing what became of a creation. */
function python(lines: readonly string[]): string {
  const ended = spawnSync('python3', ['-B', '-c', lines.join('\n'), join(root, 'lib/berth/python')], {
    encoding: 'utf8',
    env: { PATH: `${folder}:/usr/bin:/bin` },
    timeout: 60_000,
  })
  if (ended.error !== undefined) throw ended.error
  expect(ended.stderr).toBe('')
  return ended.stdout.trim()
}

const making = (name: string, image: string, archive: string) => [
  'import sys, threading',
  'sys.path.insert(0, sys.argv[1])',
  'from berth import environments',
  'started = threading.Event()',
  "tell = lambda step, line: started.set() if line == 'working' else None",
  `creation = environments.Creation(${name}, ${image}, ${archive}, tell)`,
  'def run():',
  '    try:',
  '        creation.run()',
  "        print('made')",
  '    except environments.Refused as refused:',
  '        print(refused.reason)',
  '    except environments.Cancelled:',
  "        print('cancelled')",
]
const make = (name: string, image = "'localhost/a:1'", archive = 'None') =>
  python([...making(`'${name}'`, image, archive), 'run()'])

describe('an environment', () => {
  it('is fetched, made and set up, in this order', () => {
    expect(make('box')).toBe('made')
    expect(asked()).toEqual([
      'podman pull localhost/a:1',
      'distrobox create --yes --no-entry --image localhost/a:1 --name box',
      'distrobox enter --no-tty --name box -- true',
    ])
  })

  it('is made from an image that is there without the network, and from an archive', () => {
    program(
      'podman',
      `case $1 in images) echo '[{"Names":["localhost/a:1"]}]' ;; load) echo 'Loaded image: localhost/b:1' ;; esac`,
      true,
    )
    expect(make('box')).toBe('made')
    expect(asked()).not.toContain('podman pull localhost/a:1')
    expect(make('other', 'None', "'b.tar'")).toBe('made')
    expect(asked()).toContain('distrobox create --yes --no-entry --image localhost/b:1 --name other')
  })

  it.each([
    ['no-network', 'pinging registry: dial tcp: lookup registry.example: no such host'],
    ['no-room', 'writing blob: write /home/x: no space left on device'],
    ['no-image', 'reading manifest latest in localhost/a: manifest unknown'],
    ['other', 'something nobody thought of'],
  ])('is refused by a reason that has words: %s', (reason, said) => {
    program('podman', `[ $1 != pull ] || { echo 'Error: ${said}' >&2; exit 125; }`)
    expect(make('box')).toBe(reason)
    for (const language of ['en', 'de']) {
      const words = readFileSync(join(root, `share/berth/words/${language}.json`), 'utf8')
      expect(JSON.parse(words)).toHaveProperty(`environment-${reason}`)
    }
    expect(asked()).toEqual(['podman pull localhost/a:1', 'podman rm --force --ignore --time 2 box'])
  })

  it('leaves neither container nor image when it cannot be set up', () => {
    program(
      'distrobox',
      `[ $1 != enter ] || { echo 'Error: could not set up base dependencies.'; exit 127; }`,
    )
    expect(make('box')).toBe('cannot-set-up')
    expect(asked().slice(-2)).toEqual([
      'podman rm --force --ignore --time 2 box',
      'podman rmi --ignore localhost/a:1',
    ])
  })

  it('keeps an image that was there before', () => {
    program('podman', '', true)
    program('distrobox', 'exit 1')
    expect(make('box')).toBe('other')
    expect(asked().at(-1)).toBe('podman rm --force --ignore --time 2 box')
  })

  it('is cancelled with all programs that make it, and leaves nothing', () => {
    program('distrobox', `[ $1 != enter ] || { sleep 600 & echo working; wait; }`)
    const cancel = ['thread = threading.Thread(target=run)', 'thread.start()', 'started.wait()']
    expect(
      python([
        ...making("'box'", "'localhost/a:1'", 'None'),
        ...cancel,
        'creation.cancel()',
        'thread.join()',
      ]),
    ).toBe('cancelled')
    expect(asked().slice(-2)).toEqual([
      'podman rm --force --ignore --time 2 box',
      'podman rmi --ignore localhost/a:1',
    ])
  })

  it.each(['', 'Box', '-x', 'a b', '../x', 'x'.repeat(42)])('may not be called "%s"', (name) => {
    expect(make(name)).toBe('bad-name')
  })

  it('may not be called as another one is', () => {
    program('podman', `[ $1 != ps ] || echo '[{"Names":["box"],"Image":"a","State":"exited"}]'`)
    expect(make('box')).toBe('name-taken')
    expect(asked()).toEqual([])
  })
})
