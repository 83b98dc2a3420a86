/** The languages Berth speaks. */
export type Locale = 'en'

/** What is said of a failure. */
export interface FailureText {
  readonly message: string
  /** What helps; never empty. */
  readonly remedy: string
}

/** What is said of a finding. */
export interface IssueText extends FailureText {
  /** A few words for a list. */
  readonly title: string
}
