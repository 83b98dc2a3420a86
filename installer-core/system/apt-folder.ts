import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand, type CommandOutput } from '../adapters/run-command.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { debianMirror, debianSuite } from './apt-sources.ts'

/** An apt of Berth's own: its lists, cache and sources lie in one folder, and the machine's apt is left alone. */
export interface AptFolder {
  readonly folder: string
  /** Its sources, one line each (sources.list(5)). */
  readonly sources: readonly string[]
  run(program: 'apt-get' | 'apt-cache', args: readonly string[], cwd?: string): Promise<Result<CommandOutput>>
}

const limitMs = 600_000
const keyrings = ['gpg', 'pgp'].map((ending) => `/usr/share/keyrings/debian-archive-keyring.${ending}`)
/** What a private apt takes over from the machine's: how to get through its network. */
const networkSetting =
  /^Acquire::(?:\w+::)?(?:Proxy|Proxy-Auto-Detect|ForceIPv[46]|CaInfo|CaPath|Retries|Timeout)\b/i

/**
 * Writes the private configuration into `folder` and hands out apt's programs bound to it; needs no rights. Components
 * are those of Debian's archive: `main`, `non-free-firmware`.
 * `tool-missing` without apt or without the keyring of Debian's archive.
 */
export async function openAptFolder(
  folder: string,
  components: readonly string[] = ['main'],
): Promise<Result<AptFolder>> {
  const keyring = findKeyring()
  if (!keyring.ok) return keyring
  const network = await networkSettings()
  if (!network.ok) return network
  const etc = join(folder, 'etc/apt')
  const needed = [join(etc, 'sources.list.d'), ...state.map((name) => join(folder, name))]
  for (const path of needed) await mkdir(path, { recursive: true })
  const configuration = join(folder, 'apt.conf')
  await writeFile(join(etc, 'sources.list.d/debian.sources'), debianSources(keyring.value, components))
  await writeFile(configuration, [...settings(folder), ...network.value, ''].join('\n'))
  return ok({
    folder,
    sources: sourceLines(keyring.value, components),
    run: (program, args, cwd) =>
      runCommand({
        program,
        args,
        env: { APT_CONFIG: configuration },
        timeoutMs: limitMs,
        ...(cwd === undefined ? {} : { cwd }),
      }),
  })
}

/** The keys of Debian's archive. */
export function findKeyring(): Result<string> {
  const keyring = keyrings.find((path) => existsSync(path))
  return keyring === undefined
    ? fail('tool-missing', { tool: 'the keys of the Debian archive', package: 'debian-archive-keyring' })
    : ok(keyring)
}

/** The lines of the machine's apt configuration that say how to get through its network. */
export async function networkSettings(): Promise<Result<readonly string[]>> {
  const dump = await runCommand({ program: 'apt-config', args: ['dump'], timeoutMs: limitMs })
  return dump.ok ? ok(dump.value.stdout.split('\n').filter((line) => networkSetting.test(line))) : dump
}

const state = ['var/lib/apt/lists/partial', 'var/cache/apt/archives/partial', 'var/log/apt', 'var/lib/dpkg']

function settings(folder: string): readonly string[] {
  return [
    `Dir "${folder}/";`,
    'Dir::State::status "/dev/null";',
    'Dir::Etc::netrc "/etc/apt/auth.conf";',
    'Dir::Etc::netrcparts "/etc/apt/auth.conf.d";',
    'APT::Architecture "amd64";',
    'APT::Architectures { "amd64"; };',
    'APT::Sandbox::User "root";',
    'Acquire::Languages "none";',
  ]
}

/** The sources of Debian's packages for Berth, signed by the keys in `keyring`. */
export function debianSources(keyring: string, components: readonly string[] = ['main']): string {
  return [
    'Types: deb',
    `URIs: ${mirror()}`,
    `Suites: ${suites.join(' ')}`,
    `Components: ${components.join(' ')}`,
    `Signed-By: ${keyring}`,
    '',
  ].join('\n')
}

function sourceLines(keyring: string, components: readonly string[]): readonly string[] {
  return suites.map((suite) => `deb [signed-by=${keyring}] ${mirror()} ${suite} ${components.join(' ')}`)
}

const suites = [debianSuite, `${debianSuite}-updates`]

function mirror(): string {
  return debianMirror(machineSources(), readOr('/etc/os-release'))
}

function machineSources(): readonly string[] {
  const parts = '/etc/apt/sources.list.d'
  const names = existsSync(parts) ? readdirSync(parts).filter((name) => /\.(list|sources)$/.test(name)) : []
  return ['/etc/apt/sources.list', ...names.sort().map((name) => join(parts, name))].map(readOr)
}

function readOr(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
