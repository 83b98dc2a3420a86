import { vendor } from '../base/well-known.ts'
import { parseCertificate } from '../formats/signature-list/certificate.ts'
import {
  certificatesOf,
  hashesOf,
  parseSignatureLists,
  type SignatureList,
} from '../formats/signature-list/signature-list.ts'
import type { RawFacts, SecureBoot } from '../model/machine.ts'
import type { Hasher } from '../ports/hasher.ts'
import { safeText } from './safe-text.ts'
import { readAscii, readFlag, type VariableTable } from './variable-table.ts'

/** Secure Boot as the variables tell it: its state, what db allows, what dbx refuses, the level shim enforces. */
export function readSecureBoot(
  variables: VariableTable,
  firmware: Pick<RawFacts['firmware'], 'kind' | 'access'>,
  hasher: Hasher,
): SecureBoot {
  const allowed = readDatabase(variables, 'db')
  return {
    state: readState(variables, firmware),
    certificates: certificatesOf(allowed).map((certificate) => describe(certificate, hasher)),
    allowed: [...hashesOf(allowed)],
    refused: [...hashesOf(readDatabase(variables, 'dbx'))],
    sbatLevel:
      readAscii(variables, vendor.shim, 'SbatLevelRT') ?? readAscii(variables, vendor.shim, 'SbatLevel'),
  }
}

/** A variable that is there but is no 0 or 1 tells nothing. Setup and audit mode enforce nothing, whatever else is set. */
function readState(
  variables: VariableTable,
  { kind, access }: Pick<RawFacts['firmware'], 'kind' | 'access'>,
): SecureBoot['state'] {
  if (kind === 'bios') return 'unsupported'
  const [enabled, setup, audit] = ['SecureBoot', 'SetupMode', 'AuditMode'].map((name) =>
    readFlag(variables, vendor.global, name),
  )
  if (setup === true || audit === true) return 'setup-mode'
  if (enabled === 'malformed') return 'unknown'
  if (enabled === null || enabled === undefined) return access === 'none' ? 'unknown' : 'unsupported'
  return enabled ? 'on' : 'off'
}

/** A database that does not follow its format allows and refuses nothing that could be relied on. */
function readDatabase(variables: VariableTable, name: string): readonly SignatureList[] {
  const data = variables.data(vendor.imageSecurity, name)
  const lists = data === null ? null : parseSignatureLists(data)
  return lists?.ok ? lists.value : []
}

function describe(certificate: Uint8Array, hasher: Hasher): SecureBoot['certificates'][number] {
  const hash = hasher.sha256()
  hash.update(certificate)
  const parsed = parseCertificate(certificate)
  return { sha256: hash.hex(), subject: safeText((parsed.ok ? parsed.value.subject : null) ?? '') }
}
