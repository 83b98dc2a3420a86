import type { Machine } from '../../installer-core/model/machine.ts'
import { useWords } from '../i18n/use-words.ts'

const secureBootKeys = {
  on: 'pc.on',
  off: 'pc.off',
  'setup-mode': 'pc.setupMode',
  unsupported: 'pc.unsupported',
  unknown: 'pc.unknown',
} as const

/** What was found, as names and values, and what starts now, as sentences. */
export function usePcFacts(machine: Machine): {
  readonly rows: readonly (readonly [string, string])[]
  readonly starts: readonly string[]
} {
  const { t, format } = useWords()
  const { firmware, running, windows, power, gpus, memory } = machine
  const encrypted = machine.disks
    .flatMap((disk) => disk.partitions)
    .filter(({ volume }) => volume.fileSystem === 'bitlocker' || volume.bitlocker?.protection === 'on').length
  const fast = windows?.fastStartup ?? null
  const rows = [
    [t('pc.runs'), runningText(t, running)],
    [t('pc.firmware'), [t(`pc.${firmware.kind}`), firmware.vendor].filter((part) => part !== '').join(', ')],
    [t('pc.secureBoot'), t(secureBootKeys[firmware.secureBoot.state])],
    [t('pc.bitlocker'), encrypted === 0 ? t('pc.off') : t('pc.encrypted', { count: encrypted })],
    ...(windows === null
      ? []
      : [[t('pc.fastStartup'), fast === null ? t('pc.unknown') : fast ? t('pc.on') : t('pc.off')] as const]),
    [t('pc.memory'), format.size(memory)],
    [t('pc.gpu'), gpus.length === 0 ? t('pc.none') : format.list(gpus)],
    [t('pc.power'), powerText(t, power, format.percent)],
  ] as const
  return { rows, starts: startLines(machine, t, format.list) }
}

type Words = ReturnType<typeof useWords>['t']

function runningText(t: Words, { os, version }: Machine['running']): string {
  switch (os) {
    case 'windows':
      return t('pc.osWindows', { version })
    case 'linux':
      return t('pc.osLinux', { version })
    case 'none':
      return t('pc.osNone')
    case 'unknown':
      return t('pc.osUnknown')
  }
}

function powerText(
  t: Words,
  { source, percent }: Machine['power'],
  share: (value: number) => string,
): string {
  if (source === 'ac') return t('pc.ac')
  if (source === 'unknown') return t('pc.unknown')
  return percent === null ? t('pc.batteryUnknown') : t('pc.battery', { percent: share(percent / 100) })
}

/** The firmware's list in words: who is first, who else is there, who was chosen for one start. */
function startLines(
  { firmware }: Machine,
  t: Words,
  list: (items: readonly string[]) => string,
): readonly string[] {
  const name = (number: number) =>
    firmware.bootEntries.find((entry) => entry.number === number && entry.active)?.description ?? null
  const names = (firmware.bootOrder ?? []).map(name).filter((one) => one !== null)
  const [first, ...others] = names
  const once = firmware.bootNext === null ? null : name(firmware.bootNext)
  return [
    first === undefined ? t('pc.startsUnknown') : t('pc.startsNow', { name: first }),
    ...(once === null ? [] : [t('pc.startsOnce', { name: once })]),
    ...(others.length === 0 ? [] : [t('pc.alsoStarts', { names: list(others) })]),
  ]
}
