import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPracticePc } from '../../installer-core/adapters/disk-image/open-practice-pc.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import { bootPracticePc } from '../../installer-core/practice/boot.ts'
import type { BootOptions } from '../../installer-core/practice/boot-options.ts'
import type { PcStart, PracticeBoot } from '../../installer-core/practice/boot-schema.ts'
import { newPracticePc } from '../../installer-core/practice/new-pc.ts'
import { compareSnapshots, takeSnapshot, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import type { TemplateName } from '../../installer-core/practice/templates/pc-templates.ts'
import { buildMinimal } from '../../installer-core/system/build-minimal.ts'
import { bootOrderName, bootVariable, numbersToBytes } from '../../installer-core/steps/variables.ts'
import { runTool } from './run-tool.ts'

const checkout = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'berth-scenarios-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** What the program printed: its last line of JSON, and how it ended. */
export interface BerthAnswer {
  readonly exitCode: number | null
  readonly last: Readonly<Record<string, unknown>>
}

/** A practice PC in a scenario, handled by the program as a person would. */
export class ScenarioPc {
  readonly folder: string
  readonly #release: string

  constructor(pcFolder: string, release: string) {
    this.folder = pcFolder
    this.#release = release
  }

  /** Runs the program on this PC, with `--json`. */
  async berth(command: string, ...args: string[]): Promise<BerthAnswer> {
    return runBerth([...command.split(' '), '--pc', this.folder, ...args, '--json'])
  }

  /** Plans, and installs exactly that plan; the new system is armed for one trial start. */
  async install(...choices: string[]): Promise<void> {
    const release = ['--release', this.#release]
    const plan = await this.berth('plan', ...release, ...choices)
    expect(plan.exitCode, JSON.stringify(plan.last)).toBe(0)
    const report = await this.berth(
      'install',
      ...release,
      ...choices,
      '--yes',
      String(plan.last['fingerprint']),
    )
    expect(report.last['outcome'], JSON.stringify(report.last)).toBe('installed')
    expect(await this.state()).toBe('trial')
  }

  /** Installs as `install` does, and loses power right after the `after`th change made to the PC. */
  async installUntilCut(after: number): Promise<void> {
    const release = ['--release', this.#release]
    const { last } = await this.berth('plan', ...release)
    const args = ['install', '--pc', this.folder, ...release, '--yes', String(last['fingerprint']), '--json']
    const cut = await runBerth(args, { BERTH_CUT_AFTER: `${after}` })
    expect(cut.exitCode, 'the power went, so the program had no exit code').toBeNull()
    expect(await this.state()).toBe('interrupted')
  }

  /** Brings a cut run to its end, and says which. */
  async recover(): Promise<unknown> {
    const report = await this.berth('recover')
    expect(report.exitCode, JSON.stringify(report.last)).toBe(0)
    return report.last['outcome']
  }

  async confirm(...args: string[]): Promise<void> {
    const report = await this.berth('confirm', '--yes', ...args)
    expect(report.last['outcome'], JSON.stringify(report.last)).toBe('confirmed')
    expect(await this.state()).toBe('installed')
  }

  async undo(): Promise<void> {
    const report = await this.berth('undo', '--yes')
    expect(report.last['outcome'], JSON.stringify(report.last)).toBe('undone')
    expect(await this.state()).toBe('absent')
  }

  /** Repairs what the status finds, by the plan that is shown now. */
  async repair(): Promise<void> {
    const report = await this.berth('repair', '--yes')
    expect(report.last['outcome'], JSON.stringify(report.last)).toBe('repaired')
    expect(await this.findings()).toEqual([])
    expect((await this.berth('repair', '--yes')).last['steps']).toEqual([])
  }

  /** Takes memory out of the PC, or puts some in. */
  setMemory(mebibytes: number): void {
    const file = join(this.folder, 'pc.json')
    const pc = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    writeFileSync(file, JSON.stringify({ ...pc, memoryMiB: mebibytes }))
  }

  /** The ids of what the status finds. */
  async findings(): Promise<readonly string[]> {
    const { last } = await this.berth('status')
    return (last['findings'] as readonly { readonly id: string }[]).map(({ id }) => id)
  }

  /** What an update may do behind Berth's back: deletes Berth's entry, and puts the order back as it was before. */
  async loseEntry(order: readonly number[]): Promise<void> {
    const entry = Number((await this.berth('status')).last['entry'])
    const pc = expectOk(await openPracticePc(this.folder, { access: 'write' }))
    const { firmware } = pc.platform
    expectOk(await firmware.delete(bootVariable(entry)))
    expectOk(await firmware.write(bootOrderName, { attributes: 7, data: numbersToBytes(order) }))
    await pc.close()
  }

  async switchTo(system: 'windows' | 'berth' | '--cancel'): Promise<void> {
    const report = await this.berth(`switch ${system}`)
    expect(report.last['outcome'], JSON.stringify(report.last)).toBe('switched')
  }

  async state(): Promise<unknown> {
    return (await this.berth('status')).last['state']
  }

  async boot(options: BootOptions = {}): Promise<PracticeBoot> {
    return expectOk(await bootPracticePc(this.folder, options))
  }

  /** Boots, and expects Windows to be started by its own entry for this reason. */
  async expectWindows(reason: PcStart['reason']): Promise<void> {
    expectStart(await this.boot({ until: 'windows' }), { starts: 'Windows Boot Manager', reason })
  }

  /** Boots, and expects the new system to come up to its shell. */
  async expectBerth(reason: PcStart['reason']): Promise<void> {
    expectStart(await this.boot({ until: 'shell' }), { starts: 'Berth', reason })
  }

  async snapshot(): Promise<PcSnapshot> {
    return expectOk(await takeSnapshot(this.folder))
  }

  /** Everything is as it was, but for the names given. */
  async expectUnchangedSince(before: PcSnapshot, except: readonly string[] = []): Promise<void> {
    const differences = compareSnapshots(before, await this.snapshot())
    expect(differences.filter(({ what }) => !except.includes(what))).toEqual([])
  }

  /** Puts other bytes where the new system's loader is. */
  async replaceLoader(change: (loader: Uint8Array) => Uint8Array): Promise<void> {
    const { image, offset, loader } = await this.bootVolume()
    await runTool.replaceFile(image, offset, loader, change)
  }

  /** Where the new system's files are: the disk's image, where their FAT volume begins in it, and the loader's path there. */
  async bootVolume(): Promise<{ image: string; offset: number; loader: string }> {
    const { last } = await this.berth('probe')
    const { disk, offset, path } = loaderPlace(last)
    return { image: join(this.folder, disk), offset, loader: path }
  }
}

/** The last start is of this entry, for this reason, and what was waited for has come. */
export function expectStart(
  boot: PracticeBoot,
  wanted: { readonly starts: string; readonly reason: PcStart['reason'] },
): void {
  const last = boot.starts.at(-1)
  expect(last?.description, explain(boot)).toContain(wanted.starts)
  expect(last?.reason, explain(boot)).toBe(wanted.reason)
  expect(boot.reachedMs, explain(boot)).not.toBeNull()
}

function explain(boot: PracticeBoot): string {
  return boot.starts.map(({ lines }) => lines.map((line) => line.text).join('\n')).join('\n--- restart\n')
}

/** One scenario: a fresh practice PC of a template, and what happens to it. */
export function scenario(
  template: TemplateName,
  title: string,
  run: (pc: ScenarioPc) => Promise<void>,
): void {
  test(`${template}: ${title}`, async () => {
    const pc = join(folder, `pc-${title.replace(/\W+/g, '-')}-${template}`)
    await runTool.copyFolder(await templateFolder(template), pc)
    try {
      await run(new ScenarioPc(pc, await releaseFolder()))
    } finally {
      rmSync(pc, { recursive: true, force: true })
    }
  })
}

const made = new Map<string, Promise<string>>()

function once(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(folder, name)
  const promise = made.get(name) ?? make(path).then(() => path)
  made.set(name, promise)
  return promise
}

function templateFolder(like: TemplateName): Promise<string> {
  return once(`template-${like}`, async (path) => expectOk(await newPracticePc(path, { like })))
}

function releaseFolder(): Promise<string> {
  return once('release', async (out) => {
    expectOk(await buildMinimal({ out }))
  })
}

/** The single executable when it was built and `BERTH_E2E_EXECUTABLE` is set, else the sources. */
function runBerth(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<BerthAnswer> {
  const executable = join(checkout, 'dist', 'berth')
  const wanted = process.env['BERTH_E2E_EXECUTABLE'] === '1'
  if (wanted && !existsSync(executable)) throw new Error('dist/berth is not built: npm run build')
  const sources = ['--import', 'tsx', join(checkout, 'installer-core', 'bin', 'berth.ts')]
  const [program, first] = wanted ? [executable, []] : [process.execPath, sources]
  mkdirSync(folder, { recursive: true })
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], {
      cwd: checkout,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    let words = ''
    child.stdout.on('data', (piece: Buffer) => (printed += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (words += piece.toString()))
    child.on('error', reject)
    child.on('close', (exitCode) => {
      const line = printed.trimEnd().split('\n').at(-1) ?? ''
      try {
        resolve({ exitCode, last: JSON.parse(line) as Record<string, unknown> })
      } catch {
        reject(new Error(`berth ${args.join(' ')} ended with ${exitCode}: ${printed}${words}`))
      }
    })
  })
}

interface ProbedMachine {
  readonly berth: { readonly partition: string; readonly entry: number }
  readonly firmware: { readonly bootEntries: readonly { readonly number: number; readonly path: string }[] }
  readonly disks: readonly {
    readonly name: string
    readonly sectorSize: number
    readonly partitions: readonly { readonly id: string; readonly start: number; readonly typeGuid: string }[]
  }[]
}

function loaderPlace(probed: unknown): { disk: string; offset: number; path: string } {
  const machine = probed as ProbedMachine
  const path = machine.firmware.bootEntries.find((entry) => entry.number === machine.berth.entry)?.path
  for (const disk of machine.disks)
    for (const { id, start, typeGuid } of disk.partitions)
      if (id === machine.berth.partition && path !== undefined) {
        expect([partitionType.xbootldr, partitionType.esp]).toContain(typeGuid)
        return { disk: disk.name, offset: start * disk.sectorSize, path: path.replaceAll('\\', '/') }
      }
  throw new Error('the probe shows no loader of Berth')
}
