import { createHash } from 'node:crypto'
import { copyFile, mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MiB } from '../../base/bytes.ts'
import { makeStandIn } from '../stand-in/stand-in.ts'
import type { FileContent, FileDesign } from './pc-design.ts'

/** Writes designed files below `folder` of the host, so that tools can copy them into a volume. */
export async function stageFiles(folder: string, files: readonly FileDesign[]): Promise<void> {
  for (const file of files) {
    const path = join(folder, file.path)
    await mkdir(dirname(path), { recursive: true })
    await writeContent(path, file.content)
  }
}

/** Writes one designed file of the host. */
export async function writeContent(path: string, content: FileContent): Promise<void> {
  switch (content.kind) {
    case 'text':
      return writeFile(path, content.text)
    case 'stand-in':
      return writeFile(path, makeStandIn(content.standIn))
    case 'copy':
      return copyFile(content.from, path)
    case 'zeros': {
      const file = await open(path, 'w')
      await file.truncate(content.size)
      return file.close()
    }
    case 'noise':
      return writeNoise(path, content.size, content.seed)
  }
}

/** The same `size` bytes for the same seed, with no pattern that repeats within a megabyte. */
export function noise(size: number, seed: string): Uint8Array {
  const out = new Uint8Array(size)
  const digest = createHash('sha256').update(seed).digest()
  let state = digest.readUInt32LE(0) | 1
  const words = new Uint32Array(out.buffer, 0, Math.floor(size / 4))
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[i] = state
  }
  return out
}

async function writeNoise(path: string, size: number, seed: string): Promise<void> {
  const file = await open(path, 'w')
  for (let at = 0; at < size; at += MiB) await file.write(noise(Math.min(MiB, size - at), `${seed} ${at}`))
  await file.close()
}
