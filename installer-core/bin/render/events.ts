import { assertNever } from '../../base/assert-never.ts'
import type { RunEvent } from '../../model/report.ts'
import { sentence } from '../../text/sentence.ts'
import { formatDuration, formatSize } from '../../text/quantity.ts'
import type { Console } from '../console.ts'

/** Shows a run's events: one line a step, and on a terminal the progress of the step that is under way. */
export class EventPrinter {
  readonly #console: Console
  #steps = 0
  #title = ''
  /** Something went wrong, and what was done is being taken back. An undo that was asked for is not that. */
  #undoing = false
  /** The helper reads a second time what was fetched for it; that it is complete is said once. */
  #checked = false

  constructor(console: Console) {
    this.#console = console
  }

  show(event: RunEvent): void {
    this.#console.data(event)
    switch (event.event) {
      case 'release-check':
        this.#console.redraw(`${sentence('run.release-check')} … ${progressText(event)}`)
        if (event.done === event.total && !this.#checked) this.#console.note(sentence('run.release-checked'))
        this.#checked ||= event.done === event.total
        return
      case 'run-begun':
        this.#steps = event.steps
        return
      case 'step-begun':
        this.#title = `[${event.step + 1}/${this.#steps}] ${sentence(`step.${event.kind}.doing`)}`
        this.#console.redraw(`${this.#title} …`)
        return
      case 'step-progress':
        this.#console.redraw(`${this.#title} … ${progressText(event)}`)
        return
      case 'step-ended':
        this.#console.note(`${this.#title}: ${sentence(`step.state.${this.#stateShown(event.state)}`)}`)
        return
      case 'run-undoing':
        this.#undoing = true
        this.#console.note(sentence('run.undoing'))
        return
      default:
        return assertNever(event)
    }
  }

  #stateShown(state: string): string {
    return state === 'undone' && !this.#undoing ? 'verified' : state
  }
}

type Progress = Extract<RunEvent, { event: 'step-progress' | 'release-check' }>

function progressText({ done, total, rate, secondsLeft }: Progress): string {
  const share = total === 0 ? 100 : Math.floor((100 * done) / total)
  const speed = rate === null ? '' : `, ${formatSize(rate)}/s`
  const left = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)}`
  return `${share} % (${formatSize(done)} / ${formatSize(total)}${speed}${left})`
}
