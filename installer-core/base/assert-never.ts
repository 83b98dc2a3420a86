/** Ends a switch over a union: the compiler refuses when a member is missing; at run time it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
