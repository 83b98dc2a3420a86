import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { catalogueFolderPath } from '../../adapters/catalogue/catalogue-folder.ts'
import { CatalogueLibrary, type UsableCatalogue } from '../../adapters/catalogue/catalogue-library.ts'
import { ContentStore } from '../../adapters/catalogue/content-store.ts'
import { openCatalogueRelease } from '../../adapters/catalogue/open-catalogue-release.ts'
import { nodeClock } from '../../adapters/node-clock.ts'
import { nodeHasher } from '../../adapters/node-hasher.ts'
import { loadKeyRing } from '../../adapters/release-folder/key-ring.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { proveRelease } from '../../check/prove-measurements.ts'
import type { CatalogueRelease, CatalogueRole } from '../../model/catalogue.ts'
import type {
  CatalogueFetch,
  CatalogueList,
  CatalogueMake,
  CatalogueShow,
  CatalogueVerify,
} from '../../model/catalogue-answers.ts'
import { catalogueKeys, catalogueRoles } from '../../system/catalogue-signer.ts'
import { makeCatalogue } from '../../system/make-catalogue.ts'
import { describeFailure } from '../../text/failures.ts'
import { formatSize } from '../../text/quantity.ts'
import { act } from '../action.ts'
import type { Console } from '../console.ts'
import { exitCode, type ExitCode } from '../exit-codes.ts'
import { ownGraphics } from '../own-graphics.ts'
import { catalogueLines, factsOf, listed, releaseLines } from '../render/catalogue.ts'

interface Options {
  readonly from?: readonly string[]
  readonly json?: boolean
}

/** `berth catalogue`: which releases there are, and how they come here. */
export function addCatalogue(program: Command): void {
  const catalogue = program
    .command('catalogue')
    .description('the releases there are: look at them, fetch them, check them, offer them')
  addList(catalogue)
  addShow(catalogue)
  addVerify(catalogue)
  addFetch(catalogue)
  addMake(catalogue)
}

const from = () =>
  new Option(
    '--from <source...>',
    'where the catalogue is: an https address, a folder, or usb for every stick that holds one; several are mirrors',
  )

function addList(catalogue: Command): void {
  catalogue
    .command('list')
    .description('list the releases of the catalogue that is remembered, or of a source')
    .addOption(from())
    .option('--json', 'print the list as JSON (`berth schema catalogue-list`)')
    .action((options: Options) =>
      act(options, async (console) => {
        const found = await look(options)
        if (!found.ok) return found
        const makers = await ownGraphics()
        for (const line of found.value.flatMap((one) => catalogueLines(one, makers))) console.line(line)
        if (found.value.length === 0)
          console.line('No catalogue is remembered. Try: berth catalogue fetch --from <source>')
        console.data({
          schema: 'berth/catalogue-list/1',
          catalogues: found.value.map(factsOf),
          releases: found.value.flatMap((one) =>
            one.catalogue.releases.map((release) => listed(one, release)),
          ),
        } satisfies CatalogueList)
        return ok(exitCode.done)
      }),
    )
}

function addShow(catalogue: Command): void {
  catalogue
    .command('show')
    .description('say everything that the catalogue says of one release')
    .argument('<id>', 'the release')
    .addOption(from())
    .option('--json', 'print it as JSON (`berth schema catalogue-show`)')
    .action((id: string, options: Options) =>
      act(options, async (console) => {
        const found = await find(id, options)
        if (!found.ok) return found
        const { from: one, release } = found.value
        for (const line of releaseLines(one, release)) console.line(line)
        console.data({
          schema: 'berth/catalogue-show/1',
          catalogue: factsOf(one),
          release: release as CatalogueShow['release'],
          missing: listed(one, release).missing,
        } satisfies CatalogueShow)
        return ok(exitCode.done)
      }),
    )
}

function addFetch(catalogue: Command): void {
  catalogue
    .command('fetch')
    .description(
      'fetch the newest catalogue and remember it; with an id also that release, going on where an earlier try stopped',
    )
    .argument('[id]', 'the release')
    .addOption(from())
    .option('--json', 'print what was fetched as JSON (`berth schema catalogue-fetch`)')
    .action((id: string | undefined, options: Options) =>
      act(options, async (console) => {
        const library = new CatalogueLibrary()
        const sources = options.from ?? library.rememberedSources()
        if (sources.length === 0)
          return fail('usage', { what: 'catalogue fetch', required: '--from <source>' })
        const fetched = await library.fetch(sources.map(absolute), true)
        if (!fetched.ok) return fetched
        if (id !== undefined) {
          const found = library.find([fetched.value], id)
          const read = found.ok ? await readAll(console, fetched.value, found.value.release) : found
          if (!read.ok) return read
          console.line(`${id} is here, complete and checked. Try: berth plan --pc <folder> --release ${id}`)
        } else for (const line of catalogueLines(fetched.value, await ownGraphics())) console.line(line)
        console.data({
          schema: 'berth/catalogue-fetch/1',
          catalogue: factsOf(fetched.value),
          release: (id ?? null) as CatalogueFetch['release'],
        } satisfies CatalogueFetch)
        return ok(exitCode.done)
      }),
    )
}

function addVerify(catalogue: Command): void {
  catalogue
    .command('verify')
    .description(
      'read every byte of every release and compare it with what was signed: from a source, or of the catalogue that is remembered, fetching what is missing',
    )
    .addOption(from())
    .option('--json', 'print the result as JSON (`berth schema catalogue-verify`)')
    .action((options: Options) => act(options, (console) => verify(console, options)))
}

async function verify(console: Console, options: Options): Promise<Result<ExitCode>> {
  const found = await look(options)
  if (!found.ok) return found
  const [one] = found.value
  if (one === undefined) return fail('catalogue-not-found')
  const releases: CatalogueVerify['releases'] = []
  for (const release of one.catalogue.releases) {
    // A source is read itself: what is here already proves nothing about it.
    const read =
      options.from === undefined
        ? await readAll(console, one, release)
        : await inScratch((store) => readAll(console, { ...one, supply: { ...one.supply, store } }, release))
    console.line(
      `${release.id}: ${read.ok ? 'complete, as it was signed' : describeFailure(read.failure).message}`,
    )
    const failure = read.ok
      ? null
      : {
          schema: 'berth/failure/1' as const,
          code: read.failure.code,
          facts: { ...read.failure.facts },
          ...describeFailure(read.failure),
        }
    releases.push({ id: release.id, failure })
  }
  console.data({
    schema: 'berth/catalogue-verify/1',
    catalogue: factsOf(one),
    releases,
  } satisfies CatalogueVerify)
  return ok(releases.every(({ failure }) => failure === null) ? exitCode.done : exitCode.refused)
}

async function inScratch<T>(work: (store: ContentStore) => Promise<T>): Promise<T> {
  const folder = join(catalogueFolderPath(), `verify-${process.pid}`)
  try {
    return await work(new ContentStore(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface MakeOptions {
  readonly keys?: string
  readonly days: string
  readonly timestampDays: string
  readonly timestampOnly?: boolean
  readonly newKey?: readonly CatalogueRole[]
  readonly json?: boolean
}

function addMake(catalogue: Command): void {
  catalogue
    .command('make')
    .description(
      'write and sign the catalogue of the releases in <folder>/releases, ready to be served or copied',
    )
    .argument('<folder>', 'holds releases/, a folder for each release, named by its id')
    .option('--keys <folder>', "the catalogue's keys; made in your own configuration folder when absent")
    .option('--days <number>', 'how long the catalogue is good for', '90')
    .option('--timestamp-days <number>', 'how long it may be taken for the newest one', '14')
    .option(
      '--timestamp-only',
      "say again that the catalogue there is the newest one; needs the timestamp's key alone",
    )
    .addOption(
      new Option('--new-key <role...>', "give these roles new keys; needs the root's key").choices([
        ...catalogueRoles,
      ]),
    )
    .option('--json', 'print what was written as JSON (`berth schema catalogue-make`)')
    .action((folder: string, options: MakeOptions) =>
      act(options, (console) => make(console, folder, options)),
    )
}

async function make(console: Console, folder: string, options: MakeOptions): Promise<Result<ExitCode>> {
  const days = { catalogue: Number(options.days), timestamp: Number(options.timestampDays) }
  for (const value of Object.values(days))
    if (!Number.isInteger(value) || value < 1 || value > 3650)
      return fail('usage', { what: '--days', required: '1 to 3650' })
  const now = nodeClock.now()
  const keys = await catalogueKeys(now, options.keys, options.newKey)
  if (!keys.ok) return keys
  const made = await makeCatalogue({
    folder,
    keys: keys.value,
    now,
    days,
    timestampOnly: options.timestampOnly === true,
    onProgress: (what) => console.note(`${what} …`),
  })
  if (!made.ok) return made
  const { catalogue, timestamp } = made.value
  console.line(
    `The catalogue in ${folder} has version ${catalogue.version} and ${catalogue.releases.length} releases.`,
  )
  console.line(
    `It is good until ${catalogue.expires.slice(0, 10)}, as the newest one until ${timestamp.expires.slice(0, 10)}.`,
  )
  console.data({
    schema: 'berth/catalogue-make/1',
    folder,
    root: catalogue.root,
    version: catalogue.version,
    expires: catalogue.expires,
    timestampVersion: timestamp.version,
    timestampExpires: timestamp.expires,
    releases: catalogue.releases.map(({ id }) => id),
  } satisfies CatalogueMake)
  return ok(exitCode.done)
}

/** The catalogue of the sources that were named, looked at and not kept; else those that are remembered. */
async function look(options: Options): Promise<Result<readonly UsableCatalogue[]>> {
  const library = new CatalogueLibrary()
  if (options.from === undefined) return library.remembered()
  const found = await library.fetch(options.from.map(absolute), false)
  return found.ok ? ok([found.value]) : found
}

async function find(id: string, options: Options) {
  const found = await look(options)
  return found.ok ? new CatalogueLibrary().find(found.value, id) : found
}

/** Opens a release and reads all of it, which fetches what is not here. */
async function readAll(
  console: Console,
  { supply }: UsableCatalogue,
  release: CatalogueRelease,
): Promise<Result<void>> {
  const opened = await openCatalogueRelease(release, loadKeyRing(), supply)
  if (!opened.ok) return opened
  const progress = (done: number, total: number) =>
    console.redraw(`${release.id}: ${formatSize(done)} of ${formatSize(total)}`)
  return proveRelease(opened.value, nodeHasher, progress)
}

/** A remembered folder must be found from anywhere. */
function absolute(source: string): string {
  return source === 'usb' || /^[a-z][a-z0-9+.-]+:/i.test(source) ? source : resolve(source)
}
