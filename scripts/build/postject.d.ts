declare module 'postject' {
  /** Puts `data` as a resource named `name` into an executable file, in place. */
  export function inject(
    path: string,
    name: string,
    data: Buffer,
    options: { sentinelFuse: string },
  ): Promise<void>
}
