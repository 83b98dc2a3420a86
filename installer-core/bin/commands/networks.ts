import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import type { KnownNetworks } from '../../model/networks.ts'
import { sentence } from '../../text/sentence.ts'
import { tableLines } from '../../text/table.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

export function addNetworks(program: Command): void {
  addTargetOptions(program.command('networks'))
    .description(
      'list the Wi-Fi networks of the present system that can come along (`--wifi`), without their keys',
    )
    .option('--json', 'print them as JSON (`berth schema networks`)')
    .action((options: TargetOptions & { json?: boolean }) =>
      act(options, (console) =>
        withPc(options, 'read', async ({ installer }) => {
          const known = await installer.networks()
          if (!known.ok) return known
          for (const line of networkLines(known.value)) console.line(line)
          console.data({ schema: 'berth/networks/1', ...(known.value ?? { networks: [], refused: [] }) })
          return ok(exitCode.done)
        }),
      ),
    )
}

/** Networks for people: ids to name them by, and why others cannot come along. */
export function networkLines(known: KnownNetworks | null): readonly string[] {
  if (known === null || known.networks.length + known.refused.length === 0) return [sentence('networks.none')]
  return [
    ...tableLines(known.networks.map(({ id, ssid }) => [id, ssid])),
    ...known.refused.map(({ ssid, reason }) => `${ssid}: ${sentence(`networks.${reason}`)}`),
    ...(known.networks.length === 0 ? [] : [sentence('networks.keys')]),
  ]
}
