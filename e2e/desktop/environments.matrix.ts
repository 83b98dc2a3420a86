import { afterAll, describe, expect, it } from 'vitest'
import { DesktopCase, sitAt, sitsInSession, sittingLimitMs, startLimitMs } from './desktop-pc.ts'
import { comesTrue, hands, uses } from './guest-files.ts'

const own = new DesktopCase()
afterAll(() => own.remove())

const source = 'Auf diesem PC: localhost/small:1'

describe('another Linux in a container', () => {
  const title =
    'is made by its window from an image on the PC, runs a command for a person without rights, and goes again'
  it(title, { timeout: sittingLimitMs }, async () => {
    const pc = await own.pc()
    await pc.install('--profile', own.profile())
    await sitAt(pc, {}, async (person) => {
      await sitsInSession(person)
      const run = (command: string) => person.runs(command, startLimitMs)

      await hands(person, 'small-system.sh')
      await hands(person, 'use-widgets.py')
      const made = await run('sh small-system.sh; echo ended $?')
      expect(made.at(-1), made.join('\n')).toBe('ended 0')
      expect(await run('podman load --quiet --input small.tar')).toContain('Loaded image: localhost/small:1')

      // In the session, as the panel's menu starts it.
      await run('systemd-run --user --quiet berth-environments')
      await uses(person, 'Neue Umgebung …', source, 'Name=kiste', 'Anlegen', 'Terminal: kiste')
      const entered = await run(
        'distrobox enter --no-tty --name kiste -- cat /etc/os-release </dev/null; id -u',
      )
      expect(entered, entered.join('\n')).toContain('PRETTY_NAME="Small system"')
      await comesTrue(person, 'ps -C distrobox-enter,podman -o args=', ['podman exec'])
      await person.keeps('environment')

      // An archive that is none, by the same program in a terminal: refused in words, and nothing is left of it.
      const refused = await run(
        'echo junk >junk.tar; berth-environments create other junk.tar; echo ended $?',
      )
      expect(refused.slice(-2)).toEqual([expect.stringContaining('Container-Abbild'), 'ended 1'])
      expect(await run('berth-environments remove kiste; berth-environments list; echo none')).toEqual([
        'none',
      ])
      await person.pc.powerButton()
    })
  })
})
