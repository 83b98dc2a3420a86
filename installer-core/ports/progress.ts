/** Told by a step as it goes on: work done so far and in all, in bytes. */
export type Progress = (done: number, total: number) => void

export const noProgress: Progress = () => undefined
