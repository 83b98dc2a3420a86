import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectOk } from '../../installer-core/base/result.ts'
import { chooseAccelerator } from '../../installer-core/practice/qemu/accelerator.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import type { RunningPc } from '../../installer-core/practice/qemu/running-pc.ts'
import { startPc } from '../../installer-core/practice/qemu/start-pc.ts'
import { buildMinimal } from '../../installer-core/system/build-minimal.ts'
import { timed } from './berth-program.ts'
import { valueRow, type Row } from './row.ts'

const runs = 3
const limitMs = 300_000

/** Marks on the serial console: firmware hands over, the kernel speaks, the first program speaks, the shell is there. */
const marks = [
  { part: 'firmware', until: /^BdsDxe: starting / },
  { part: 'kernel', until: /^Berth: system / },
  { part: 'user space', until: /^berth#/ },
] as const

/** From power-on to the shell of the minimal system, in QEMU. */
export async function benchBoot(folder: string): Promise<Row[]> {
  const release = expectOk(await buildMinimal({ out: join(folder, 'release') }))
  const disk = join(folder, 'disk0.img')
  const loader = join(release.folder, release.manifest.files[0]?.source ?? '')
  timed('truncate', ['-s', '64M', disk])
  timed('mkfs.vfat', ['-F', '32', disk])
  timed('mmd', ['-i', disk, '::/EFI', '::/EFI/BOOT'])
  timed('mcopy', ['-i', disk, loader, '::/EFI/BOOT/BOOTX64.EFI'])
  const passes: number[][] = []
  for (let i = 0; i < runs; i += 1) passes.push(await timesOf(await start(folder, disk)))
  const size = (readFileSync(loader).length / 1024 / 1024).toFixed(1)
  const all = passes.map((times) => times.at(-1) ?? Number.NaN)
  return [
    valueRow({
      name: 'boot to the shell',
      samples: all,
      unit: 's',
      note: `in QEMU, one processor; UKI of ${size} MiB`,
    }),
    ...marks.map(({ part }, index) =>
      valueRow({
        name: `boot, ${part}`,
        samples: passes.map((times) => (times[index] ?? Number.NaN) - (times[index - 1] ?? 0)),
        unit: 's',
        note: {
          firmware: 'until it starts the system',
          kernel: 'until its first program speaks',
          'user space': 'until the prompt',
        }[part],
      }),
    ),
  ]
}

async function start(folder: string, disk: string): Promise<RunningPc> {
  const firmware = expectOk(findFirmware())
  const variables = join(folder, 'firmware.fd')
  copyFileSync(firmware.variables, variables)
  const pc = await startPc({
    accelerator: await chooseAccelerator(firmware),
    firmwareCode: firmware.code,
    variables,
    disks: [{ file: disk, bus: 'virtio', sectorSize: 512, serial: 'P0001', throwAway: true }],
    memoryMiB: 512,
    display: 'hidden',
    handOver: {},
  })
  return expectOk(pc)
}

/** Seconds after power-on at which each mark was seen. */
async function timesOf(pc: RunningPc): Promise<number[]> {
  const times: number[] = []
  for (const { part, until } of marks) {
    const line = await pc.waitFor(until, limitMs)
    if (line === null)
      throw new Error(`no sign of the end of ${part}: ${pc.lines.map(({ text }) => text).join('\n')}`)
    times.push(line.atMs / 1000)
  }
  expectOk(await pc.cutPower())
  await pc.ended
  return times
}
