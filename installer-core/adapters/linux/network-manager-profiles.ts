import { createHmac, randomBytes } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import { keyfileLimit, parseKeyfile } from '../../formats/keyfile/parse-keyfile.ts'
import type { KnownNetworks } from '../../model/networks.ts'
import { sealedSchema } from '../../model/you.ts'
import type { ChosenNetworks, NetworkProfiles } from '../../ports/network-profiles.ts'
import { wifiProfileOf, type WifiProfile } from '../../probe/wifi-profile.ts'
import { hashText } from '../node-hasher.ts'
import type { LinuxPlaces } from './linux-places.ts'
import { namesIn } from './sys-file.ts'

/** Of one folder at most; of each list at most as many as `model/networks.ts` takes. */
const mostFiles = 512
const mostNetworks = 64

interface FoundProfile extends WifiProfile {
  readonly id: string
  /** The text with its random line; null when the network cannot come along. */
  readonly text: string | null
}

/**
 * The networks of NetworkManager: its own in `/etc`, and those that netplan and others make anew at each start in `/run`,
 * which come first as they do for NetworkManager. Only root can read them.
 *
 * How an id becomes a profile: whoever plans gets id and seal, never a text. The seal is the SHA-256 of the very text that
 * would be written, so the plan's fingerprint binds it; `unseal` reads the files again and takes a text only if it still has
 * that SHA-256. The text's first line, which keeps short keys from being guessed by their seal, is made from NetworkManager's
 * own secret (root alone reads it) and the file's name: the same at each look, so that a plan that was shown can be made
 * again by another process. Where there is no such secret a random one serves as long as this process lives.
 */
export function networkManagerProfiles(places: LinuxPlaces): NetworkProfiles {
  const passing = randomBytes(32)
  const read = () => readProfiles(places, readSmall(join(places.lib, 'NetworkManager/secret_key')) ?? passing)
  return {
    list: async () => listOf(read()),
    unseal: async (chosen) => unsealed(chosen, read()),
  }
}

function listOf(found: readonly FoundProfile[]): KnownNetworks {
  return {
    networks: found
      .flatMap(({ id, ssid, text }) => (text === null ? [] : [{ id, ssid, seal: sealOf(text) }]))
      .slice(0, mostNetworks),
    refused: found
      .flatMap(({ ssid, carried }) => ('refusal' in carried ? [{ ssid, reason: carried.refusal }] : []))
      .slice(0, mostNetworks),
  }
}

function unsealed(chosen: ChosenNetworks, found: readonly FoundProfile[]): Result<ChosenNetworks> {
  const texts: { name: string; profile: string }[] = []
  for (const { name, profile } of chosen) {
    const text = found.find(({ id }) => id === name)?.text ?? null
    if (!sealedSchema.safeParse(profile).success) texts.push({ name, profile })
    else if (text !== null && sealOf(text) === profile) texts.push({ name, profile: text })
    else return fail('network-changed', { what: name })
  }
  return ok(texts)
}

function sealOf(text: string): string {
  return `sha256:${hashText(text)}`
}

function readProfiles({ etc, run }: LinuxPlaces, secret: Uint8Array): readonly FoundProfile[] {
  const own = (...parts: readonly string[]) =>
    createHmac('sha256', secret)
      .update(['berth', ...parts].join('\0'))
      .digest('hex')
      .slice(0, 32)
  const files = [run, etc].flatMap((place) => {
    const folder = join(place, 'NetworkManager/system-connections')
    const names = namesIn(folder).filter((name) => !/^\.|~$|\.(bak|nmmeta)$/.test(name))
    return names.slice(0, mostFiles).map((name) => join(folder, name))
  })
  const found = files.flatMap((path): readonly FoundProfile[] => {
    const profile = readProfile(path)
    if (profile === null) return []
    const { carried } = profile
    const text = 'text' in carried ? `# ${own('line', path)}\n${carried.text}` : null
    return [{ ...profile, id: own('id', path).slice(0, 16), text }]
  })
  const first = found.filter(
    ({ uuid }, index) => uuid === '' || found.findIndex((other) => other.uuid === uuid) === index,
  )
  return [...first].sort((a, b) => (a.ssid < b.ssid ? -1 : a.ssid > b.ssid ? 1 : 0))
}

/** A file that is not one of NetworkManager's is none to it either (wrong owner, readable by others, malformed): null. */
function readProfile(path: string): WifiProfile | null {
  const data = readSmall(path)
  if (data === null) return null
  try {
    const file = parseKeyfile(new TextDecoder('utf-8', { fatal: true }).decode(data))
    return file.ok ? wifiProfileOf(file.value) : null
  } catch {
    return null
  }
}

/** A short file that this user alone can read; null for everything else. */
function readSmall(path: string): Uint8Array | null {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    return null
  }
  try {
    const { mode, uid, size } = fstatSync(file)
    const isOwn = uid === process.geteuid?.() && (mode & 0o077) === 0
    const isFile = (mode & constants.S_IFMT) === constants.S_IFREG
    return isOwn && isFile && size <= keyfileLimit ? readFileSync(file) : null
  } catch {
    return null
  } finally {
    closeSync(file)
  }
}
