import {
  Anchor,
  BatteryWarning,
  Check,
  CircleAlert,
  CircleHelp,
  Cpu,
  FileText,
  HardDrive,
  Info,
  LifeBuoy,
  Monitor,
  OctagonAlert,
  Power,
  RotateCcw,
  Search,
  Ship,
  Undo2,
  type LucideIcon,
} from 'lucide-react'

const icons = {
  anchor: Anchor,
  battery: BatteryWarning,
  blocker: OctagonAlert,
  check: Check,
  disk: HardDrive,
  file: FileText,
  help: CircleHelp,
  note: Info,
  pc: Monitor,
  power: Power,
  practice: LifeBuoy,
  processor: Cpu,
  restart: RotateCcw,
  search: Search,
  ship: Ship,
  undo: Undo2,
  warning: CircleAlert,
} as const satisfies Readonly<Record<string, LucideIcon>>

export type IconName = keyof typeof icons

/** A picture beside words, never instead of them. */
export function Icon({ name, large = false }: { readonly name: IconName; readonly large?: boolean }) {
  const Picture = icons[name]
  return <Picture className="icon" aria-hidden="true" size={large ? 32 : 18} strokeWidth={1.75} />
}
