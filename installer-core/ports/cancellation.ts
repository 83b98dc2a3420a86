/** Asked between safe points: has the person asked to stop? */
export interface Cancellation {
  readonly requested: boolean
  /**
   * Lets the process send what it has told and hear what it was asked meanwhile; awaited at every safe point, since work on
   * files may else go from one step to the next without a pause. Where it is missing nobody else speaks to the process.
   */
  readonly pause?: () => Promise<void>
}

export const neverCancelled: Cancellation = { requested: false }
