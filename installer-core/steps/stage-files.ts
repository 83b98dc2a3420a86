import { done, type Result } from '../base/result.ts'
import { roomFolder } from '../model/room.ts'
import { stageFolder } from '../model/stage.ts'
import type { FileTree } from '../ports/file-tree.ts'

/** Takes away what lies in the offline stage's folder, the job last: by it the rest is found. Then the folder. */
export async function removeStageFiles(tree: FileTree): Promise<Result<void>> {
  const listed = await tree.list(stageFolder)
  if (!listed.ok) return listed
  const names = listed.value
    .map(({ name }) => name)
    .sort((a, b) => Number(a === 'job.json') - Number(b === 'job.json'))
  for (const name of names) {
    const removed = await tree.remove(`${stageFolder}/${name}`)
    if (!removed.ok) return removed
  }
  return tree.remove(stageFolder)
}

/** The folder of Berth's loaders is there for the stage and its records alone where nothing is installed. */
export async function removeEmptyRoomFolder(tree: FileTree): Promise<Result<void>> {
  const there = await tree.stat(roomFolder)
  if (!there.ok || there.value === null) return there.ok ? done : there
  const listed = await tree.list(roomFolder)
  if (!listed.ok) return listed
  return listed.value.length === 0 ? tree.remove(roomFolder) : done
}
