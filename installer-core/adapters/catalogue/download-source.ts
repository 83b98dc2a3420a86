import { createHash } from 'node:crypto'
import { bytes } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { CatalogueFile } from '../../model/catalogue.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import type { ContentStore } from './content-store.ts'
import { Download } from './download.ts'

/**
 * A file as a stream that fetches itself: its pieces in order as they arrive, each checked, and at the end all of it. Then it
 * is in the store. Closed before its end it stops, and what is here is kept for the next time.
 */
export async function openDownload(
  store: ContentStore,
  file: CatalogueFile,
  path: string,
  sources: readonly CatalogueSource[],
): Promise<Result<ByteSource>> {
  const begun = await Download.begin(store, file, path, sources)
  if (!begun.ok) return begun
  const download = begun.value
  const hash = createHash('sha256')
  let index = 0
  let end: Result<null> | null = null
  const finish = async (): Promise<Result<null>> => {
    const found = hash.digest('hex')
    if (found !== file.sha256)
      return fail('release-altered', { what: file.source, required: file.sha256, found })
    const finished = await download.finish()
    return finished.ok ? ok(null) : finished
  }
  return ok({
    size: bytes(file.size),
    async next() {
      if (end !== null) return end
      if (index === file.pieces.length) return (end = await finish())
      const piece = await download.piece(index)
      if (!piece.ok) return (end = piece)
      index += 1
      hash.update(piece.value)
      return piece
    },
    async close() {
      if (end?.ok !== true) await download.stop()
      for (const source of sources) source.close()
    },
  })
}
