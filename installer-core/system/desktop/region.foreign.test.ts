import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../assets/system/desktop')
const folder = mkdtempSync(join(tmpdir(), 'berth-region-'))
const etc = join(folder, 'etc')
const rtc = join(folder, 'rtc')

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['etc/default', 'rtc', 'bin']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(rtc, 'date'), '2026-07-01\n')
  writeFileSync(join(rtc, 'time'), '12:00:00\n')
  // The clock of the machine that runs the test stays as it is.
  const date = join(folder, 'bin/date')
  writeFileSync(date, `#!/bin/sh\necho "$TZ $*" >>${folder}/clock\n`)
  chmodSync(date, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What comes in four lines, as the recipe's own script takes it; what was written, and how the clock was set. */
function setRegion(...lines: readonly string[]) {
  const ended = spawnSync('sh', [join(root, 'root/usr/lib/berth/set-region')], {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    env: {
      PATH: `${folder}/bin:/usr/bin:/bin`,
      BERTH_ETC: etc,
      BERTH_RTC: rtc,
      BERTH_LANGUAGES: join(root, 'build/languages'),
    },
  })
  expect([ended.status, ended.stderr]).toEqual([0, ''])
  const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : null)
  return {
    locale: text(join(etc, 'locale.conf')),
    keyboard: text(join(etc, 'default/keyboard')),
    zone: existsSync(join(etc, 'localtime')) ? readlinkSync(join(etc, 'localtime')) : null,
    adjtime: text(join(etc, 'adjtime')),
    clock: text(join(folder, 'clock')),
  }
}

describe("the desktop's language, keyboard and time", () => {
  it("reads the PC's clock as Windows keeps it, in the zone that was chosen", () => {
    expect(setRegion('de_DE.UTF-8', 'de(nodeadkeys)', 'Europe/Berlin', 'local')).toEqual({
      locale: 'LANG=de_DE.UTF-8',
      keyboard: 'XKBLAYOUT=de\nXKBVARIANT=nodeadkeys',
      zone: '/usr/share/zoneinfo/Europe/Berlin',
      adjtime: '0.0 0 0\n0\nLOCAL',
      clock: `:${etc}/localtime -s 2026-07-01 12:00:00`,
    })
  })

  it('reads it as UTC where nobody keeps it otherwise, and keeps what is left empty', () => {
    setRegion('fr_CA', 'us', 'America/New_York', 'utc')
    rmSync(join(folder, 'clock'))
    const kept = setRegion('', '', '', '')
    expect(kept).toMatchObject({ locale: 'LANG=fr_FR.UTF-8', adjtime: '0.0 0 0\n0\nUTC', clock: null })
    expect(setRegion('', 'us(dvorak-intl)', 'Europe/Paris', '')).toMatchObject({
      keyboard: 'XKBLAYOUT=us\nXKBVARIANT=dvorak-intl',
      zone: '/usr/share/zoneinfo/Europe/Paris',
      clock: '-u -s 2026-07-01 12:00:00',
    })
  })

  it('takes nothing that does not fit', () => {
    const nothing = { locale: null, keyboard: null, zone: null, adjtime: null }
    expect(setRegion('xx_XX', 'de; reboot', '../../etc/shadow', 'both')).toMatchObject(nothing)
    expect(setRegion('$(id)', '(us)', '/etc/passwd')).toMatchObject(nothing)
  })

  it('offers what Debian has: layouts with their kinds, zones, and the zone of a country that has one', () => {
    const lists = `
import json, sys
sys.path.insert(0, sys.argv[1])
from berth import region
layouts, variants = region.layouts("""! model
  pc105           Generic 105-key PC
! layout
  us              English (US)
  de              German
  custom          A user-defined custom Layout
! variant
  nodeadkeys      de: German (no dead keys)
! option
  grp             Switching: layouts
""".splitlines())
zones, of_country = region.zones("""# comment
DE\\t+5230+01322\\tEurope/Berlin\\tmost
DE\\t+4742+00841\\tEurope/Busingen
NL\\t+5222+00454\\tEurope/Amsterdam
US\\t+404251-0740023\\tAmerica/New_York
US\\t+340308-1181434\\tAmerica/Los_Angeles
""".splitlines(), """DE,DK,NO\\t+5230+01322\\tEurope/Berlin
CH,DE,LI\\t+4723+00832\\tEurope/Zurich
BE,LU,NL\\t+5050+00420\\tEurope/Brussels
US\\t+404251-0740023\\tAmerica/New_York
US\\t+340308-1181434\\tAmerica/Los_Angeles
""".splitlines())
print(json.dumps([layouts, variants, zones, of_country]))`
    const ended = spawnSync('python3', ['-B', '-c', lists, join(root, 'root/usr/lib/berth/python')], {
      encoding: 'utf8',
    })
    expect(ended.stderr).toBe('')
    expect(JSON.parse(ended.stdout)).toEqual([
      [
        ['us', 'English (US)'],
        ['de', 'German'],
      ],
      { de: [['nodeadkeys', 'German (no dead keys)']] },
      ['America/Los_Angeles', 'America/New_York', 'Europe/Amsterdam', 'Europe/Berlin', 'Europe/Busingen'],
      { DE: 'Europe/Berlin', NL: 'Europe/Amsterdam' },
    ])
  })
})
