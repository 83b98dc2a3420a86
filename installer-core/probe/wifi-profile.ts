import { plainValue, type Keyfile } from '../formats/keyfile/parse-keyfile.ts'
import type { NetworkRefusal } from '../model/networks.ts'
import type { SafeText } from '../model/primitives.ts'
import { safeUtf8 } from './safe-text.ts'

/** A connection of NetworkManager to a Wi-Fi network. */
export interface WifiProfile {
  readonly ssid: SafeText
  /** Empty when the file names none. */
  readonly uuid: string
  /** The same network as a connection for another system, with its key; or why there is none. */
  readonly carried: { readonly text: string } | { readonly refusal: NetworkRefusal }
}

type Group = ReadonlyMap<string, string>

/** IEEE 802.11-2020, 9.4.2.2. */
const ssidBytes = 32
/** What is longer was not made by NetworkManager; the file for the first start has a limit of its own (`model/you.ts`). */
const valueLimit = 512

const enterprise = /^(ieee8021x|wpa-eap)/

/**
 * Reads a key file as nm-settings-keyfile(5) describes it; null when it is not about Wi-Fi. What is carried is written anew
 * from what is known and fits: names of this PC's devices, users and files, and whatever else is in it, stay behind.
 */
export function wifiProfileOf(file: Keyfile): WifiProfile | null {
  const connection = groupOf(file, 'connection')
  if (!/^(wifi|802-11-wireless)$/.test(connection.get('type') ?? '')) return null
  const wifi = groupOf(file, 'wifi', '802-11-wireless')
  const ssid = bytesOf(wifi.get('ssid') ?? '')
  const profile = { ssid: safeUtf8(ssid.slice(0, 4 * ssidBytes)), uuid: uuidOf(connection) }
  const security = securityOf(groupOf(file, 'wifi-security', '802-11-wireless-security'))
  const isKnownKind =
    ssid.length >= 1 &&
    ssid.length <= ssidBytes &&
    /^(|infrastructure)$/.test(wifi.get('mode') ?? '') &&
    ![groupOf(file, 'ipv4'), groupOf(file, 'ipv6')].some((group) => group.get('method') === 'shared')
  if (!isKnownKind) return { ...profile, carried: { refusal: 'other-kind' } }
  if ('refusal' in security) return { ...profile, carried: security }
  const text = [
    ...section('connection', [
      ['id', profile.ssid === '' ? 'Wi-Fi' : escaped(profile.ssid)],
      ...(profile.uuid === '' ? [] : [['uuid', profile.uuid] as const]),
      ...pick(connection, /^(autoconnect|autoconnect-priority)$/),
      ['type', 'wifi'],
    ]),
    ...section('wifi', [['mode', 'infrastructure'], ...pick(wifi, /^(ssid|hidden)$/)]),
    ...section('wifi-security', security.entries),
    ...section('ipv4', pick(groupOf(file, 'ipv4'), addressing)),
    ...section('ipv6', pick(groupOf(file, 'ipv6'), addressing)),
  ].join('\n')
  return { ...profile, carried: { text: `${text}\n` } }
}

const addressing = /^(method|address\d{0,2}|gateway|dns|dns-search|may-fail|never-default)$/

type Entries = readonly (readonly [string, string])[]

/** Open, or with one key for everybody that is in the file. */
function securityOf(group: Group): { readonly entries: Entries } | { readonly refusal: NetworkRefusal } {
  const kind = group.get('key-mgmt') ?? ''
  if (enterprise.test(kind)) return { refusal: 'enterprise' }
  if (group.size === 0) return { entries: [] }
  if (kind === 'owe') return { entries: [['key-mgmt', kind]] }
  if (kind !== 'wpa-psk' && kind !== 'sae') return { refusal: 'other-kind' }
  const psk = group.get('psk') ?? ''
  // nm-settings-nmcli(5), "Secret flag types": 0 is a key in the file, all others are kept by an agent, or by nobody.
  if (psk === '' || (group.get('psk-flags') ?? '0') !== '0') return { refusal: 'key-elsewhere' }
  return isKey(kind, plainValue(psk))
    ? { entries: [['key-mgmt', kind] as const, ['psk', psk] as const] }
    : { refusal: 'other-kind' }
}

/** A passphrase of 8 to 63 printable ASCII characters or 64 hex digits (IEEE 802.11-2020, J.4.1); SAE takes any text. */
function isKey(kind: 'wpa-psk' | 'sae', key: string): boolean {
  if (kind === 'sae') return /^[^\p{Cc}]{1,128}$/u.test(key)
  return /^[ -~]{8,63}$/.test(key) || /^[0-9a-fA-F]{64}$/.test(key)
}

/** The bytes of an SSID: a text, or numbers between semicolons. */
function bytesOf(value: string): Uint8Array {
  if (/^\d{1,3}(;\d{1,3})*;$/.test(value)) {
    const numbers = value.split(';').slice(0, -1).map(Number)
    if (numbers.every((number) => number < 256)) return Uint8Array.from(numbers)
  }
  return new TextEncoder().encode(plainValue(value).replaceAll('\\;', ';'))
}

function uuidOf(connection: Group): string {
  const uuid = connection.get('uuid') ?? ''
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid) ? uuid.toLowerCase() : ''
}

function pick(group: Group, names: RegExp): Entries {
  return [...group].filter(([name, value]) => names.test(name) && value.length <= valueLimit)
}

function section(name: string, entries: Entries): readonly string[] {
  return entries.length === 0 ? [] : [`[${name}]`, ...entries.map(([key, value]) => `${key}=${value}`), '']
}

/** A safe text as a value: it has no control characters. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(/^ | $/g, '\\s')
}

function groupOf(file: Keyfile, ...names: readonly string[]): Group {
  for (const name of names) {
    const found = file.get(name)
    if (found !== undefined) return found
  }
  return new Map()
}
