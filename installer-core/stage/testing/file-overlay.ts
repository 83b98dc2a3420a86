import { closeSync, copyFileSync, fsyncSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { done, ok } from '../../base/result.ts'
import type { Overlay } from '../overlay.ts'

const piece = 256 * 1024

/** An overlay without the kernel's help: the store is a copy of the volume, and merging writes what differs. */
export function fileOverlay(volume: string, store: string): Overlay {
  return {
    discard: async () => {
      rmSync(store, { force: true })
      return done
    },
    open: async () => {
      copyFileSync(volume, store)
      return ok({ device: store, close: async () => done })
    },
    merge: async () => {
      const [from, to] = [openSync(store, 'r'), openSync(volume, 'r+')]
      const [a, b] = [Buffer.alloc(piece), Buffer.alloc(piece)]
      for (let at = 0; at < statSync(store).size; at += piece) {
        const length = readSync(from, a, 0, piece, at)
        readSync(to, b, 0, piece, at)
        if (!a.subarray(0, length).equals(b.subarray(0, length))) writeSync(to, a, 0, length, at)
      }
      fsyncSync(to)
      for (const file of [from, to]) closeSync(file)
      return done
    },
  }
}
