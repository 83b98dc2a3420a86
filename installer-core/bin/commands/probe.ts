import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'
import { machineLines } from '../render/machine.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

export function addProbe(program: Command): void {
  addTargetOptions(program.command('probe'))
    .description('look at a PC: firmware, disks, volumes, boot entries, systems; changes nothing')
    .option('--json', 'print the machine as JSON (`berth schema machine`)')
    .action((options: TargetOptions & { json?: boolean }) =>
      act(options, (console) =>
        withPc(options, 'read', async ({ installer }) => {
          const machine = await installer.machine()
          if (!machine.ok) return machine
          for (const line of machineLines(machine.value)) console.line(line)
          console.data(machine.value)
          return ok(exitCode.done)
        }),
      ),
    )
}
