import type { Identities } from './seeded-guid.ts'

/** What a template is made from. */
export interface TemplateNeeds {
  readonly identities: Identities
  /** A real systemd-boot on the host; null when there is none. */
  readonly systemdBoot: string | null
}
