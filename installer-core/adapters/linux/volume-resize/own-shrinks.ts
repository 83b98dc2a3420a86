import { z } from 'zod'
import { malformed, ok, type Result } from '../../../base/result.ts'
import type { VariableFile } from '../../disk-image/variable-file.ts'

const shrinksSchema = z.record(z.string(), z.strictObject({ from: z.int().min(0), to: z.int().min(0) }))
type Shrinks = z.infer<typeof shrinksSchema>

/** Which volumes Berth shrank itself, by partition: the sizes before and after in bytes. */
export class OwnShrinks {
  readonly #file: VariableFile

  constructor(file: VariableFile) {
    this.#file = file
  }

  /** The shrink of this partition that Berth made last; null when it made none. */
  of(partition: string): Result<{ readonly from: number; readonly to: number } | null> {
    const all = this.#read()
    return all.ok ? ok(all.value[partition] ?? null) : all
  }

  note(partition: string, from: number, to: number): Result<void> {
    const all = this.#read()
    return all.ok ? this.#write({ ...all.value, [partition]: { from, to } }) : all
  }

  #read(): Result<Shrinks> {
    const content = this.#file.read()
    if (!content.ok) return content
    try {
      const parsed = shrinksSchema.safeParse(JSON.parse(new TextDecoder().decode(content.value)))
      if (parsed.success) return ok(parsed.data)
    } catch {
      // Told below like any other content that is not right.
    }
    return malformed('own shrinks', 'content', 0, 'a record of shrunk volumes', 'something else')
  }

  #write(shrinks: Shrinks): Result<void> {
    return this.#file.replace(new TextEncoder().encode(`${JSON.stringify(shrinks)}\n`))
  }
}
