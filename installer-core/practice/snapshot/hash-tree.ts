import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Size and SHA-256 of every file below `folder`, by its path from there. */
export async function hashTree(folder: string): Promise<readonly { what: string; content: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const items = []
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const what = `/${relative(folder, path)}`
    if (entry.isDirectory()) items.push({ what, content: 'folder' })
    if (entry.isFile()) items.push({ what, content: await hashFile(path) })
  }
  return items
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece)
    size += piece.length
  }
  return `${size} ${hash.digest('hex')}`
}
