import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { settingsSchema, type Settings } from '../api/methods/session-methods.ts'

const usual: Settings = { language: 'system', theme: 'system', expert: false }

/** The person's settings, in one file. A file that cannot be read counts as absent: nothing but taste is lost. */
export class SettingsFile {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  read(): Settings {
    if (!existsSync(this.#path)) return usual
    try {
      const parsed = settingsSchema.safeParse(JSON.parse(readFileSync(this.#path, 'utf8')))
      return parsed.success ? parsed.data : usual
    } catch {
      return usual
    }
  }

  write(changes: Partial<Settings>): Settings {
    const settings = { ...this.read(), ...changes }
    mkdirSync(dirname(this.#path), { recursive: true })
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(settings, null, 2)}\n`)
    renameSync(`${this.#path}.new`, this.#path)
    return settings
  }
}
