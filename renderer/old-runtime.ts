/* What the oldest runtime that the page is built for (Chromium 83) lacks, in one file. The bundler lowers syntax; these
   are library functions. Newer runtimes keep their own. */
function define(target: object, name: string, value: unknown): void {
  if (name in target) return
  Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

define(Object, 'hasOwn', (thing: object, key: PropertyKey) =>
  Object.prototype.hasOwnProperty.call(thing, key),
)
define(String.prototype, 'replaceAll', function (this: string, what: string | RegExp, by: string): string {
  // The pattern of a replaceAll is global by its contract, so the older function does the same.
  return this.replace(what instanceof RegExp ? what : new RegExp(literal(what), 'g'), by)
})
for (const kind of [Array.prototype, String.prototype]) {
  define(kind, 'at', function (this: ArrayLike<unknown>, index: number): unknown {
    return this[index < 0 ? this.length + index : index]
  })
}
define(Array.prototype, 'findLast', function <T>(this: T[], fits: (item: T) => boolean): T | undefined {
  return [...this].reverse().find(fits)
})

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
