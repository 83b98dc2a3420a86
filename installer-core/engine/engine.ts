import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { catalogueFolder, type CatalogueFolder } from '../adapters/catalogue/catalogue-folder.ts'
import {
  catalogueReleaseSource,
  joinedReleaseSource,
} from '../adapters/catalogue/catalogue-release-source.ts'
import { folderReleaseSource } from '../adapters/release-folder/folder-release-source.ts'
import { ContractServer, type Peer } from '../api/server.ts'
import type { Transport } from '../api/transport.ts'
import type { TargetId } from '../api/wire-values.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { Machine } from '../model/machine.ts'
import type { ReleaseSource } from '../ports/release-source.ts'
import { locales } from '../text/locale.ts'
import type { EngineOptions } from './engine-options.ts'
import type { EngineServices } from './engine-services.ts'
import { HelperSeat } from './helper-seat.ts'
import { engineHandlers } from './handlers.ts'
import { openPlace, withPlace, type OpenPlace } from './open-place.ts'
import { PracticeRoom } from './practice-room.ts'
import { RunBook } from './run-book.ts'
import { RunLog } from './run-log.ts'
import { SettingsFile } from './settings-file.ts'
import { TargetBook } from './target-book.ts'
import type { TargetPlace } from './target-place.ts'

/**
 * The process behind the window: it holds the targets, the runs and the practice PCs, and serves the contract on as many
 * connections as there are. It decides nothing of its own: the core does.
 */
export class Engine implements EngineServices {
  readonly id = randomBytes(8).toString('hex')
  readonly options: EngineOptions
  readonly targets: TargetBook
  readonly runs: RunBook
  readonly practice: PracticeRoom
  readonly settings: SettingsFile
  readonly catalogue: CatalogueFolder
  readonly releases: ReleaseSource
  readonly server: ContractServer
  readonly helper: HelperSeat
  readonly #seen = new Map<TargetId, Machine>()
  #requests = 0

  constructor(options: EngineOptions) {
    const { dataFolder, releasesFolder } = options
    this.catalogue = catalogueFolder(options.catalogueFolder)
    this.options = options
    this.targets = new TargetBook(dataFolder)
    this.settings = new SettingsFile(join(dataFolder, 'settings.json'))
    this.releases = joinedReleaseSource(
      folderReleaseSource(releasesFolder),
      catalogueReleaseSource({ folder: this.catalogue }),
    )
    this.server = new ContractServer(engineHandlers(this), options.onFault)
    this.runs = new RunBook(new RunLog(join(dataFolder, 'runs')), {
      onEvent: (event) => this.server.broadcast('run.event', event),
      onChanged: (summary) => {
        this.server.broadcast('run.changed', summary)
        this.targetChanged(summary.target)
      },
    })
    this.helper = new HelperSeat(options.startHelper ?? null, () => this.#rightsChanged())
    this.practice = new PracticeRoom({
      onState: (state) => {
        this.server.broadcast('practice.state', state)
        this.targetChanged(state.target)
      },
      onLine: (line) => this.server.broadcast('practice.line', line),
      onStart: (start) => this.server.broadcast('practice.start', start),
      onScreen: (screen) => {
        for (const peer of this.server.peers)
          if (this.practice.isWatching(screen.target, peer)) peer.notify('practice.screen', screen)
      },
    })
  }

  /** Serves a connection until it is closed. */
  attach(transport: Transport): Peer {
    return this.server.attach(transport, (peer) => this.practice.forget(peer))
  }

  /** Something is under way that a person would miss. */
  get isWorking(): boolean {
    return this.#requests > 0 || this.targets.list(locales[0], this.goings).some((one) => one.run !== null)
  }

  /** Lets runs come to their end, lets go of the helper, cuts the power of practice PCs. */
  async close(): Promise<void> {
    await this.runs.settled()
    this.helper.close()
    await this.practice.close()
  }

  readonly goings = {
    isOn: (target: TargetId) => this.practice.isOn(target),
    runOn: (target: TargetId) => this.runs.runOn(target),
    isElevated: () => this.helper.isTaken,
  }

  async looking<T>(target: TargetId, work: (open: OpenPlace) => Promise<Result<T>>): Promise<Result<T>> {
    const place = this.targets.find(target)
    return place.ok ? withPlace(place.value, this.#opening, work) : place
  }

  async changing(target: TargetId): Promise<Result<OpenPlace>> {
    const place = this.idle(target)
    if (!place.ok) return place
    if (place.value.kind === 'recording') return fail('read-only', { what: place.value.name })
    return openPlace(place.value, 'write', this.#opening)
  }

  idle(target: TargetId): Result<TargetPlace> {
    const place = this.targets.find(target)
    if (!place.ok) return place
    const run = this.runs.runOn(target)
    if (run !== null) return fail('busy', { what: run, where: target })
    return this.practice.isOn(target) ? fail('busy', { what: target, where: 'practice' }) : place
  }

  async probe(target: TargetId): Promise<Result<Machine>> {
    const machine = await this.looking(target, ({ installer }) => installer.machine())
    if (machine.ok) this.#seen.set(target, machine.value)
    return machine
  }

  async seen(target: TargetId): Promise<Result<Machine>> {
    const known = this.#seen.get(target)
    return known === undefined ? this.probe(target) : ok(known)
  }

  seenOrNull(target: TargetId): Machine | null {
    return this.#seen.get(target) ?? null
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#requests += 1
    try {
      return await work()
    } finally {
      this.#requests -= 1
    }
  }

  get #opening() {
    return { version: this.options.version, helper: this.helper }
  }

  /** What was seen with full rights is no ground for plans without them. */
  #rightsChanged(): void {
    this.#seen.delete('this-pc')
    this.targetChanged('this-pc')
  }

  targetChanged(id: TargetId): void {
    for (const peer of this.server.peers)
      peer.notify('target.changed', { id, target: this.targets.describe(id, peer.locale, this.goings) })
  }
}
