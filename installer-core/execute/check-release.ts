import type { Result } from '../base/result.ts'
import { proveRelease } from '../check/prove-measurements.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { RateMeter } from './progress.ts'
import type { RunTools } from './run-tools.ts'

/** Reads the release's files, before the first write, telling how far it got; what a TPM will tell is computed anew. */
export function checkRelease(
  { clock, hasher, cancellation, onEvent }: Pick<RunTools, 'clock' | 'hasher' | 'cancellation' | 'onEvent'>,
  release: OpenRelease,
): Promise<Result<void>> {
  const meter = new RateMeter(clock)
  const tell = (done: number, total: number) => {
    const rate = meter.tell(done, total)
    if (rate !== null) onEvent({ event: 'release-check', sequence: 0, done, total, ...rate })
  }
  return proveRelease(release, hasher, tell, cancellation)
}
