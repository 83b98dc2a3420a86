import { connect } from 'node:net'
import type { Command } from 'commander'
import { fail, ok, type Result } from '../../base/result.ts'
import { streamTransport } from '../../transport/stream-transport.ts'
import type { Transport } from '../../api/transport.ts'
import { act } from '../action.ts'
import { processEngine } from '../engine-process.ts'
import { exitCode } from '../exit-codes.ts'

export function addEngine(program: Command): void {
  program
    .command('engine')
    .description('do the work for a window: the wire contract, a JSON-RPC 2.0 message a line')
    .option(
      '--pipe <path>',
      'speak on this named pipe or socket, which somebody else listens on, instead of standard input and output',
    )
    .action(({ pipe }: { pipe?: string }) =>
      act({}, async () => {
        const transport = await openTransport(pipe)
        if (!transport.ok) return transport
        const engine = processEngine()
        const closed = new Promise<void>((resolve) => transport.value.onClose(resolve))
        engine.attach(heardBy(transport.value, closed))
        await closed
        // A window that is gone does not stop a run: half-way is the one place nobody wants to be left at.
        await engine.close()
        return ok(exitCode.done)
      }),
    )
}

/** The same transport for a second one who wants to know of its end. */
function heardBy(transport: Transport, closed: Promise<void>): Transport {
  return { ...transport, onClose: (listener) => void closed.then(listener) }
}

function openTransport(pipe: string | undefined): Promise<Result<Transport>> {
  if (pipe === undefined) return Promise.resolve(ok(streamTransport(process.stdin, process.stdout)))
  return new Promise((resolve) => {
    const socket = connect(pipe)
    const failed = (error: Error) => resolve(fail('io-failed', { what: pipe, error: error.message }))
    socket.once('error', failed)
    socket.once('connect', () => {
      socket.off('error', failed)
      resolve(ok(streamTransport(socket, socket)))
    })
  })
}
