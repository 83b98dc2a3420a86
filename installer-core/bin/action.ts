import type { Failure } from '../base/failure.ts'
import type { Result } from '../base/result.ts'
import type { FailureDocument } from '../model/failure-document.ts'
import { describeFailure } from '../text/failures.ts'
import { Console } from './console.ts'
import { failureExitCode, type ExitCode } from './exit-codes.ts'

/** Does a command's work: its exit code becomes the program's, a failure is said in words (and as data with `--json`). */
export async function act(
  options: { readonly json?: boolean },
  work: (console: Console) => Promise<Result<ExitCode>>,
): Promise<void> {
  const console = new Console({ json: options.json === true })
  const result = await work(console)
  process.exitCode = result.ok ? result.value : complain(console, result.failure)
}

/** Says a failure and gives its exit code. */
export function complain(console: Console, failure: Failure): ExitCode {
  const { message, remedy } = describeFailure(failure)
  console.complain(`${message}\n${remedy}`.trimEnd())
  sayFailure(console, failure)
  return failureExitCode(failure)
}

/** A failure as data; nothing without `--json`. */
export function sayFailure(console: Console, failure: Failure): void {
  const { code, facts } = failure
  console.data({
    schema: 'berth/failure/1',
    code,
    facts,
    ...describeFailure(failure),
  } satisfies FailureDocument)
}
