import { done, fail, type Result } from '../base/result.ts'
import type { ReleaseFile } from '../model/release.ts'
import { neverCancelled, type Cancellation } from '../ports/cancellation.ts'
import { noProgress, type Progress } from '../ports/progress.ts'
import type { OpenRelease } from '../ports/release-source.ts'

/**
 * Reads every file of a release once and proves that it is what was signed, before anything is written anywhere.
 * `release-incomplete`, `release-altered`; `cancelled` between two pieces.
 */
export async function verifyRelease(
  release: OpenRelease,
  progress: Progress = noProgress,
  cancellation: Cancellation = neverCancelled,
): Promise<Result<void>> {
  const { files } = release.manifest
  const total = files.reduce((sum, file) => sum + file.size, 0)
  let before = 0
  for (const file of files) {
    const start = before
    const read = await readToEnd(release, file, cancellation, (count) => progress(start + count, total))
    if (!read.ok) return read
    before += file.size
  }
  return done
}

async function readToEnd(
  release: OpenRelease,
  file: ReleaseFile,
  cancellation: Cancellation,
  onRead: (count: number) => void,
): Promise<Result<void>> {
  const source = await release.openFile(file)
  if (!source.ok) return source
  let count = 0
  try {
    for (;;) {
      if (cancellation.requested) return fail('cancelled', { what: file.source })
      const piece = await source.value.next()
      if (!piece.ok) return piece
      if (piece.value === null) return done
      count += piece.value.length
      onRead(count)
    }
  } finally {
    await source.value.close()
  }
}
