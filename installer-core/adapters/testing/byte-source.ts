import { bytes } from '../../base/bytes.ts'
import { expectOk, ok } from '../../base/result.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import type { FileTree } from '../../ports/file-tree.ts'

/** Bytes as a source, in pieces of 300,000. */
export function sourceOf(data: Uint8Array): ByteSource {
  let at = 0
  return {
    size: bytes(data.length),
    next: async () => {
      if (at >= data.length) return ok(null)
      const piece = data.slice(at, at + 300_000)
      at += piece.length
      return ok(piece)
    },
    close: async () => undefined,
  }
}

/** A file's whole content. */
export async function contentOf(tree: FileTree, path: string): Promise<Buffer> {
  const opened = expectOk(await tree.openRead(path))
  const pieces: Uint8Array[] = []
  for (;;) {
    const piece = expectOk(await opened.next())
    if (piece === null) break
    pieces.push(piece)
  }
  await opened.close()
  return Buffer.concat(pieces)
}

/** Bytes that do not repeat soon. */
export function patternOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 0xff)
}
