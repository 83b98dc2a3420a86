/** The suite that Berth's minimal system and its tools are taken from. */
export const debianSuite = 'trixie'

/** Debian's own name for "any mirror", for machines whose apt knows no Debian mirror (Ubuntu and the like). */
const publicMirror = 'http://deb.debian.org/debian'

interface Source {
  readonly addresses: readonly string[]
  readonly suites: readonly string[]
  readonly components: readonly string[]
}

/**
 * The address of the Debian archive this machine uses: the one that its apt sources give for its own release
 * (`os-release` says which). On anything but Debian, and when the sources name none, Debian's public default.
 * Files are the texts of `sources.list` and `sources.list.d/*` (sources.list(5)).
 */
export function debianMirror(files: readonly string[], osRelease: string): string {
  const fields = new Map(
    osRelease.split('\n').flatMap((line) => {
      const [, key, value] = /^([A-Z_]+)="?([^"]*)"?$/.exec(line) ?? []
      return key === undefined || value === undefined ? [] : [[key, value] as const]
    }),
  )
  if (fields.get('ID') !== 'debian') return publicMirror
  const suite = fields.get('VERSION_CODENAME') ?? ''
  const own = files
    .flatMap(readSources)
    .find(
      (source) =>
        source.components.includes('main') &&
        source.suites.some((name) => name === suite || name === 'stable'),
    )
  return own?.addresses[0] ?? publicMirror
}

function readSources(text: string): readonly Source[] {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'))
  return lines.some((line) => /^Types:/i.test(line)) ? readStanzas(lines) : lines.flatMap(readLine)
}

/** `deb [options] address suite component…` */
function readLine(line: string): readonly Source[] {
  const [, address, suite, components] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line) ?? []
  if (address === undefined || suite === undefined || components === undefined) return []
  return [{ addresses: [address], suites: [suite], components: words(components) }]
}

/** Stanzas of `Field: value` with continuation lines, parted by blank lines. */
function readStanzas(lines: readonly string[]): readonly Source[] {
  const stanzas = lines.join('\n').split(/\n\s*\n/)
  return stanzas.flatMap((stanza) => {
    const field = (name: string) =>
      words(new RegExp(`^${name}:(.*(?:\\n[ \\t].*)*)`, 'im').exec(stanza)?.[1] ?? '')
    const isOn = field('Enabled').join('') !== 'no' && field('Types').includes('deb')
    return isOn
      ? [{ addresses: field('URIs'), suites: field('Suites'), components: field('Components') }]
      : []
  })
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
