/** Asked between safe points: has the person asked to stop? */
export interface Cancellation {
  readonly requested: boolean
}

export const neverCancelled: Cancellation = { requested: false }
