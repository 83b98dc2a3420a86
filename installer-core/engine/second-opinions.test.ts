import { expect, it } from 'vitest'
import { askLsblk, parseLsblk } from '../adapters/linux/lsblk.ts'
import { GiB } from '../base/bytes.ts'
import { expectOk, fail, ok } from '../base/result.ts'
import { buildChoices, buildDisk, buildMachine } from '../check/testing/machine-builder.ts'
import { secondOpinionsSchema } from '../model/second-opinion.ts'
import { thisPcSchema, type ThisPc } from '../model/this-pc.ts'
import { bundleReport } from '../report/bundle.ts'
import { secondOpinions } from './second-opinions.ts'

/** As lsblk of util-linux 2.38 prints it: a disk with a volume group in its partition, and what is no disk of the PC. */
const printed = JSON.stringify({
  blockdevices: [
    {
      path: '/dev/zram0',
      type: 'disk',
      size: 1024,
      'log-sec': 4096,
      fstype: 'swap',
      mountpoints: ['[SWAP]'],
    },
    { path: '/dev/sr0', type: 'rom', size: 1024, 'log-sec': 2048, fstype: null, mountpoints: [null] },
    { path: '/dev/loop0', type: 'loop', size: 1024, 'log-sec': 512, fstype: null, mountpoints: [null] },
    { path: '/dev/sdb', type: 'disk', size: 0, 'log-sec': 512, fstype: null, mountpoints: [null] },
    {
      ...{
        path: '/dev/sda',
        type: 'disk',
        size: 10 * GiB,
        'log-sec': 512,
        fstype: null,
        mountpoints: [null],
      },
      children: [
        {
          ...{ path: '/dev/sda1', type: 'part', size: GiB, 'log-sec': 512, fstype: 'LVM2_member' },
          mountpoints: [null],
          children: [
            {
              path: '/dev/mapper/a-b',
              type: 'lvm',
              size: 5,
              'log-sec': 512,
              fstype: 'ext4',
              mountpoints: ['/'],
            },
          ],
        },
      ],
    },
  ],
})
const disk = buildDisk({
  name: '/dev/sda',
  size: 10 * GiB,
  partitions: [{ type: 'linuxGeneric', size: GiB, volume: { fileSystem: 'ext4' } }],
})
const machine = buildMachine({ disks: [disk] })
const thisPc = thisPcSchema.parse({
  schema: 'berth/this-pc/1',
  advisory: true,
  takenAt: '2026-11-28T12:00:00.000Z',
  os: { kind: 'linux', name: 'Debian', version: '13' },
  computer: { vendor: '', model: '' },
  cpu: { name: '', cores: 1 },
  memory: machine.memory,
  gpus: [],
  firmware: 'uefi',
  power: { source: 'ac', percent: null },
  disks: [{ name: '/dev/sda', model: '', size: 11 * GiB, kind: 'ssd', bus: '' }],
  volumes: [],
  mounts: [
    { source: 'node-disk-info', device: '/dev/sda1', mount: '/home/erika/data', fileSystem: null },
    { source: 'systeminformation', device: '/dev/sda1', mount: '/home/erika/data', fileSystem: 'fuseblk' },
  ],
  missing: [],
}) as ThisPc

it('reads what lsblk prints: disks and partitions, and not what lies upon them or in memory', () => {
  expect(expectOk(parseLsblk(printed))).toEqual({
    source: 'lsblk',
    memory: null,
    firmware: null,
    disks: [{ path: '/dev/sda', size: 10 * GiB, sectorSize: 512 }],
    partitions: [{ path: '/dev/sda1', size: GiB, fileSystem: 'LVM2_member', mounts: [] }],
    listsAll: true,
  })
  for (const other of ['', '{', '{"blockdevices":[{}]}', '[]'])
    expect(parseLsblk(other)).toMatchObject({ ok: false, failure: { code: 'tool-failed' } })
})

it('asks lsblk as it is on this very computer', async () => {
  expect(expectOk(await askLsblk()).source).toBe('lsblk')
})

it('names every difference with who said it, in a report that names no person', async () => {
  const others = await secondOpinions(machine, {
    lsblk: async () => parseLsblk(printed),
    thisPc: async () => ok(thisPc),
  })
  expect(secondOpinionsSchema.parse(others)).toEqual(others)
  expect(others.disagreements.map(({ source, about, fact }) => `${source} ${about} ${fact}`)).toEqual([
    'lsblk /dev/sda1 file-system',
    'systeminformation /dev/sda size',
    'systeminformation /dev/sda1 mounted',
    'node-disk-info /dev/sda1 mounted',
  ])
  const content = { machine, choices: buildChoices(), issues: [], plan: null, journals: {}, versions: {} }
  const files = bundleReport({ ...content, others })
  const readme = files.find(({ name }) => name === 'README.txt')?.text ?? ''
  expect(readme).toContain('Other programs see this PC differently')
  expect(readme).toContain('- /dev/sda1 holds ext4, for lsblk LVM2_member.')
  expect(files.map(({ name }) => name)).toContain('second-opinions.json')
  expect(files.map(({ text }) => text).join('')).not.toContain('erika')
  const quiet = bundleReport({ ...content, others: { ...others, disagreements: [] } })
  expect(quiet.find(({ name }) => name === 'README.txt')?.text).not.toContain('Other programs')
  const none = bundleReport({ ...content, others: null })
  expect(none.map(({ name }) => name)).not.toContain('second-opinions.json')
})

it('names who could not be asked, and goes on with the others', async () => {
  const others = await secondOpinions(machine, {
    lsblk: async () => fail('tool-missing', { tool: 'lsblk', package: 'util-linux' }),
    thisPc: async () => fail('tool-failed', { tool: 'berth this-pc' }),
  })
  expect(others).toMatchObject({ asked: [], disagreements: [] })
  expect(others.silent.map(({ source, reason }) => [source, reason])).toEqual([
    ['lsblk', 'tool-missing'],
    ['systeminformation', 'tool-failed'],
    ['node-disk-info', 'tool-failed'],
  ])
})
