import { bytes, MiB } from '../base/bytes.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { ByteSource } from '../ports/byte-source.ts'
import type { StepTools } from '../ports/step.ts'

/** The largest piece of a source of ours. */
const piece = 4 * MiB

/** Bytes in memory, handed out in pieces. */
export function sourceOf(data: Uint8Array): ByteSource {
  let at = 0
  return {
    size: bytes(data.length),
    async next() {
      if (at >= data.length) return ok(null)
      const part = data.subarray(at, at + piece)
      at += part.length
      return ok(part)
    },
    close: async () => undefined,
  }
}

/** `inner`, counted: tells `seen` how many bytes have gone by, and ends with `cancelled` when the person asked to stop. */
export function watched(inner: ByteSource, tools: StepTools, seen: (length: number) => void): ByteSource {
  return {
    size: inner.size,
    async next() {
      if (tools.cancellation.requested) return fail('cancelled')
      const part = await inner.next()
      if (part.ok && part.value !== null) seen(part.value.length)
      return part
    },
    close: () => inner.close(),
  }
}

/** Length and SHA-256 of everything a source gives, in constant memory; closes it. */
export async function digestOf(
  source: ByteSource,
  { hasher }: Pick<StepTools, 'hasher'>,
): Promise<Result<{ readonly size: number; readonly sha256: string }>> {
  const hash = hasher.sha256()
  let size = 0
  for (;;) {
    const part = await source.next()
    if (!part.ok || part.value === null) {
      await source.close()
      return part.ok ? ok({ size, sha256: hash.hex() }) : part
    }
    hash.update(part.value)
    size += part.value.length
  }
}
