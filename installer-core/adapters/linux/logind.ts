import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { Release } from '../../ports/platform.ts'
import { runCommand } from '../run-command.ts'
import { holdWith } from './device-lock.ts'
import type { LinuxPlaces } from './linux-places.ts'

/** No suspend and no shutdown (systemd-inhibit(1)); where nothing manages sessions, nothing suspends by itself either. */
export async function inhibitSleep({ run }: LinuxPlaces, why: string): Promise<Result<Release>> {
  if (!existsSync(join(run, 'systemd/seats'))) return ok(async () => undefined)
  const what = '--what=shutdown:sleep:idle:handle-lid-switch'
  const args = [what, '--who=Berth', `--why=${why}`, '--mode=block']
  return holdWith({ program: 'systemd-inhibit', args })
}

/**
 * Restarts the PC as a person would, from the firmware on: never by kexec, never a soft reboot. `restart-held` while a
 * program holds the shutdown back, `restart-refused` when this person may not restart the PC.
 */
export async function restartPc({ run }: LinuxPlaces): Promise<Result<void>> {
  const isSystemd = existsSync(join(run, 'systemd/system'))
  const command = isSystemd
    ? { program: 'systemctl', args: ['reboot', '--check-inhibitors=yes'] }
    : { program: 'shutdown', args: ['-r', 'now'] }
  const asked = await runCommand({ ...command, timeoutMs: 60_000 })
  if (asked.ok) return done
  const said = asked.failure.command?.output ?? ''
  const cause = { cause: asked.failure }
  if (/inhibit/i.test(said))
    return fail('restart-held', { who: /inhibited by "([^"\n]{1,60})"/i.exec(said)?.[1] ?? null }, cause)
  const isDenied = /access denied|authenti|not permitted|must be root|must be superuser/i.test(said)
  return isDenied ? fail('restart-refused', {}, cause) : asked
}
