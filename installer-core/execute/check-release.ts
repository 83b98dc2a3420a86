import type { Result } from '../base/result.ts'
import { verifyRelease } from '../check/verify-release.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { RateMeter } from './progress.ts'
import type { RunTools } from './run-tools.ts'

/** Reads the release's files once, before the first write, telling how far it got. */
export function checkRelease(
  { clock, cancellation, onEvent }: Pick<RunTools, 'clock' | 'cancellation' | 'onEvent'>,
  release: OpenRelease,
): Promise<Result<void>> {
  const meter = new RateMeter(clock)
  const tell = (done: number, total: number) => {
    const rate = meter.tell(done, total)
    if (rate !== null) onEvent({ event: 'release-check', sequence: 0, done, total, ...rate })
  }
  return verifyRelease(release, tell, cancellation)
}
