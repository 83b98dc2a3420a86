/* What every JavaScript host Berth runs in offers (Node, Electron's page, a browser), declared here so that the
   core needs neither Node's nor the DOM's types. */
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array, options?: { stream?: boolean }): string
}
