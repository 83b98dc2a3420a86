import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import { startCommand, type RunningCommand } from '../../adapters/run-command.ts'
import { GuestConsole } from './guest-console.ts'
import { listen, type Listening } from './listen.ts'
import { qemuArguments, type GuestMachine } from './qemu-arguments.ts'
import { Qmp } from './qmp.ts'
import type { QmpMessage } from './qmp-message.ts'
import { inputEvents } from './input-events.ts'
import type { PcEnd, PcEnded, RunningPc } from './running-pc.ts'
import type { SerialLine } from './serial-lines.ts'
import { SerialPort } from './serial-port.ts'

const program = 'qemu-system-x86_64'
const keptOutput = 4000

/**
 * Starts a PC in QEMU. `tool-missing` when QEMU is not installed; `tool-failed` with QEMU's words when it does not
 * start. `onLine` hears every line as it is printed.
 */
export async function startPc(
  machine: GuestMachine,
  onLine: (line: SerialLine) => void = () => undefined,
): Promise<Result<RunningPc>> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-pc-'))
  const serial = await SerialPort.make(folder)
  if (!serial.ok) {
    await rm(folder, { recursive: true, force: true })
    return serial
  }
  const control = await listen(join(folder, 'control'))
  const args = qemuArguments(machine, { serial: serial.value.path, control: control.path })
  const started = performance.now()
  const command = startCommand({ program, args })
  const tidy = async () => {
    control.close()
    await rm(folder, { recursive: true, force: true })
  }
  if (!command.ok) {
    serial.value.end(() => undefined)
    await tidy()
    return command
  }
  const output = collectOutput(command.value)
  const guest = new GuestConsole(serial.value, () => performance.now() - started, onLine)
  guest.listen()
  let end: PcEnd | null = null
  const ended = endOf(command.value, args, started, output, () => end).then(async (result) => {
    guest.end()
    await tidy()
    return result
  })
  const qmp = await connect(control, ended, (event) => {
    end ??= endFrom(event)
    if (end === 'broken') command.value.kill()
  })
  return qmp.ok ? ok(runningPc(guest, qmp.value, ended)) : qmp
}

async function connect(
  control: Listening,
  ended: Promise<PcEnded>,
  onEvent: (event: QmpMessage) => void,
): Promise<Result<Qmp>> {
  const first = await Promise.race([control.connection, ended])
  if ('end' in first && 'command' in first) return startFailed(first)
  const qmp = new Qmp(first, onEvent)
  const ready = await qmp.execute('qmp_capabilities')
  return ready.ok ? ok(qmp) : startFailed(await ended)
}

function startFailed({ command }: PcEnded): Result<never> {
  const facts = { tool: program, exitCode: command.exitCode, signal: command.signal, reason: 'start' }
  return fail('tool-failed', facts, { command })
}

function runningPc(guest: GuestConsole, qmp: Qmp, ended: Promise<PcEnded>): RunningPc {
  const run = async (name: string, args: Readonly<Record<string, unknown>> = {}): Promise<Result<void>> => {
    const result = await qmp.execute(name, args)
    return result.ok ? ok(undefined) : result
  }
  return {
    lines: guest.lines,
    waitFor: (pattern, limitMs) => guest.waitFor(pattern, limitMs),
    type: (text) => guest.type(text),
    press: (...keys) => run('send-key', { keys: keys.map((data) => ({ type: 'qcode', data })) }),
    input: (...events) => run('input-send-event', { events: events.flatMap(inputEvents) }),
    screenshot: (filename) =>
      run('screendump', { filename, ...(filename.endsWith('.png') ? { format: 'png' } : {}) }),
    powerButton: () => run('system_powerdown'),
    cutPower: async () => {
      const asked = await run('quit')
      await ended
      return asked.ok || asked.failure.code === 'io-failed' ? ok(undefined) : asked
    },
    ended,
  }
}

/** What QEMU says when it stops: the guest's restart ends it too (`-no-reboot`); it pauses only where it cannot go on. */
function endFrom(event: QmpMessage): PcEnd | null {
  if (event.event === 'STOP') return 'broken'
  if (event.event !== 'SHUTDOWN') return null
  if (event.data?.reason === 'guest-reset') return 'restart'
  return event.data?.guest === true ? 'power-off' : 'cut'
}

async function endOf(
  command: RunningCommand,
  args: readonly string[],
  started: number,
  output: () => string,
  end: () => PcEnd | null,
): Promise<PcEnded> {
  const { exitCode, signal } = await command.ended
  const durationMs = Math.round(performance.now() - started)
  return {
    end: exitCode === 0 ? (end() ?? 'cut') : 'broken',
    durationMs,
    command: { program, args, exitCode, signal, durationMs, output: output() },
  }
}

function collectOutput(command: RunningCommand): () => string {
  let text = ''
  for (const stream of [command.stdout, command.stderr])
    stream.on('data', (piece: Buffer) => (text = (text + piece.toString()).slice(-keptOutput)))
  return () => text
}
