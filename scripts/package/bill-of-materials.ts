import { execFileSync } from 'node:child_process'
import { root } from '../build/bundle.ts'
import runtimes from '../build/runtimes.json' with { type: 'json' }
import type { Architecture } from './package-options.ts'
import { identity } from './identity.ts'

interface Component {
  readonly 'bom-ref': string
  readonly type: string
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly properties?: readonly { readonly name: string }[]
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
}

export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX'
  readonly specVersion: string
  readonly serialNumber?: undefined
  readonly metadata: { readonly timestamp: string; readonly component: Component }
  readonly components: readonly Component[]
}

/**
 * What the program is made of (CycloneDX 1.5): the npm packages that are bundled, as npm tells them from the lock file,
 * and the two runtimes. Without a serial number and with the time of the sources, so that it is the same each time.
 */
export function billOfMaterials(
  seconds: number,
  electronVersion: string,
  architecture: Architecture,
): BillOfMaterials {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application']
  const told = execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const bom = JSON.parse(told) as BillOfMaterials
  const { metadata, components } = bom
  return {
    ...bom,
    // A number made anew at each call; `undefined` is left out of the file.
    serialNumber: undefined,
    metadata: {
      ...metadata,
      timestamp: new Date(seconds * 1000).toISOString(),
      component: { ...metadata.component, name: identity.package },
    },
    components: [
      ...components.filter(isShipped),
      engineRuntime(architecture),
      windowRuntime(electronVersion),
    ].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
  }
}

/** npm's own `--omit dev` also leaves out what program and tools have in common. */
function isShipped({ properties = [] }: Component): boolean {
  return !properties.some(({ name }) => name === 'cdx:npm:package:development')
}

function engineRuntime(architecture: Architecture): Component {
  const { package: name, version, sha512 } = runtimes[architecture === 'x64' ? 'linux' : 'linux-arm64']
  const content = Buffer.from(sha512, 'base64').toString('hex')
  return { ...component('framework', name, version), hashes: [{ alg: 'SHA-512', content }] }
}

function windowRuntime(version: string): Component {
  return component('framework', 'electron', version)
}

function component(type: string, name: string, version: string): Component {
  return { 'bom-ref': `${name}@${version}`, type, name, version, purl: `pkg:npm/${name}@${version}` }
}
