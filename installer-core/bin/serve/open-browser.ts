import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCommand } from '../../adapters/run-command.ts'
import { ok, type Result } from '../../base/result.ts'

/**
 * Opens the person's browser. Other people on this computer can see the arguments of programs, so the address with its
 * token goes through a file that only this person can read.
 */
export function openBrowser(address: string): Result<void> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-open-'))
  const file = join(folder, 'berth.html')
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${address}"><title>Berth</title>\n`
  writeFileSync(file, page, { mode: 0o600 })
  const [program, ...args] =
    process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler', file] : ['xdg-open', file]
  const started = startCommand({ program, args })
  return started.ok ? ok(undefined) : started
}
