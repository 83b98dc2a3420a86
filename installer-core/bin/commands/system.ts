import { Argument, type Command } from 'commander'
import { nodeHasher } from '../../adapters/node-hasher.ts'
import { openReleaseFolder } from '../../adapters/release-folder/open-release-folder.ts'
import { ok } from '../../base/result.ts'
import { proveRelease } from '../../check/prove-measurements.ts'
import { buildMinimal } from '../../system/build-minimal.ts'
import { buildDesktop } from '../../system/desktop/build-desktop.ts'
import { desktopVariants } from '../../system/desktop/desktop-variants.ts'
import { buildStage } from '../../system/build-stage.ts'
import { readSources } from '../../system/desktop/read-sources.ts'
import { comparePackages } from '../../system/desktop/software-list.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'

interface Options {
  readonly out: string
  readonly release: string
  readonly secureBootKeys?: string
  readonly json?: boolean
}

const builders = {
  minimal: buildMinimal,
  desktop: buildDesktop,
  'desktop-nvidia': (options: Parameters<typeof buildDesktop>[0]) =>
    buildDesktop({ ...options, variant: desktopVariants.nvidia }),
  stage: buildStage,
}
type SystemName = keyof typeof builders

export function addSystem(program: Command): void {
  const system = program.command('system').description('build what Berth installs')
  addBuild(system)
  addCompare(system)
  addVerify(system)
}

function addBuild(system: Command): void {
  system
    .command('build')
    .description('build a release from Debian packages: the same input gives the same bytes')
    .addArgument(new Argument('<name>', 'which system').choices(Object.keys(builders)))
    .requiredOption('--out <folder>', 'where the release goes')
    .option('--release <number>', "the release's version number", '1.0.0')
    .option('--secure-boot-keys <folder>', 'sign for Secure Boot with db.key and db.crt; made when not there')
    .option('--json', 'print the release as JSON')
    .action((name: SystemName, options: Options) =>
      act(options, async (console) => {
        const onProgress = (what: string) => console.note(`${what} …`)
        const { out, release: version, secureBootKeys: keys } = options
        const secureBoot = keys === undefined ? {} : { secureBootKeys: keys }
        const built = await builders[name]({ out, version, onProgress, ...secureBoot })
        if (!built.ok) {
          // There is no report of a build: whoever makes a system needs the tool's own words.
          console.note((built.failure.command?.output ?? '').trim())
          return built
        }
        console.line(`${built.value.manifest.id} is in ${options.out}`)
        console.data(built.value.manifest)
        return ok(exitCode.done)
      }),
    )
}

function addCompare(system: Command): void {
  system
    .command('compare')
    .description('which packages differ between two releases')
    .argument('<before>', 'a release folder')
    .argument('<after>', 'a release folder')
    .option('--json', 'print the differences as JSON')
    .action((before: string, after: string, options: { readonly json?: boolean }) =>
      act(options, async (console) => {
        const [old, now] = [await readSources(before), await readSources(after)]
        if (!old.ok) return old
        if (!now.ok) return now
        const changes = comparePackages(old.value, now.value)
        for (const { name, before: from, after: to } of changes.changes)
          console.line(`${name}  ${from ?? '-'} → ${to ?? '-'}`)
        console.data(changes)
        return ok(exitCode.done)
      }),
    )
}

function addVerify(system: Command): void {
  system
    .command('verify')
    .description(
      'read every file of a release and compare it, and PCR 11 computed from it, with what was signed',
    )
    .argument('<folder>', 'a release folder')
    .option('--json', 'print the manifest as JSON (`berth schema release`)')
    .action((folder: string, options: { readonly json?: boolean }) =>
      act(options, async (console) => {
        const opened = await openReleaseFolder(folder)
        if (!opened.ok) return opened
        const proven = await proveRelease(opened.value, nodeHasher)
        if (!proven.ok) return proven
        const { manifest, signer } = opened.value
        console.line(`${manifest.id}: complete, as ${signer.name} signed it`)
        for (const { phases, sha256 } of manifest.measurements?.pcr11 ?? [])
          console.line(`PCR 11, SHA-256${phases.map((phase) => `, ${phase}`).join('')}: ${sha256}`)
        console.data(manifest)
        return ok(exitCode.done)
      }),
    )
}
