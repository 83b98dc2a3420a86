import type { Command } from 'commander'
import { readThisPc } from '../../adapters/this-pc/read-this-pc.ts'
import { ok } from '../../base/result.ts'
import { formatSize } from '../../text/quantity.ts'
import { sentence } from '../../text/sentence.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'

export function addThisPc(program: Command): void {
  program
    .command('this-pc')
    .description('say what can be seen of this very PC without any privilege; advisory, changes nothing')
    .option('--json', 'print it as JSON (`berth schema this-pc`)')
    .action((options: { json?: boolean }) =>
      act(options, async (console) => {
        const pc = await readThisPc()
        console.line(sentence('this-pc.advisory'))
        console.line(`  ${pc.computer.vendor} ${pc.computer.model}, ${pc.os.name} ${pc.os.version}`)
        for (const disk of pc.disks) console.line(`  ${disk.name}: ${disk.model}, ${formatSize(disk.size)}`)
        for (const { part, reason } of pc.missing) console.line(`  ${part}: ${reason}`)
        console.data(pc)
        return ok(exitCode.done)
      }),
    )
}
