/** SHA-256 of bytes handed over piece by piece. */
export interface Sha256 {
  update(data: Uint8Array): void
  /** 64 lower-case hex digits; ends this hash. */
  hex(): string
}
export interface Hasher {
  sha256(): Sha256
}
