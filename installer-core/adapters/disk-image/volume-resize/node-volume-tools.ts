import { alignUp } from '../../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../../base/result.ts'
import { runCommand, type CommandOutput } from '../../run-command.ts'
import type { ResizableFileSystem, VolumeTools } from './volume-tools.ts'

const timeoutMs = 60 * 60 * 1000
const smallestStep = 4096

/** ntfsresize (ntfs-3g) and resize2fs (e2fsprogs). `tool-missing`, `tool-failed`; `volume-shrink-limit` when there is too much in it. */
export const nodeVolumeTools: VolumeTools = {
  limit: (fileSystem, file) => (fileSystem === 'ntfs' ? ntfsLimit(file) : extLimit(file)),
  async resize(fileSystem: ResizableFileSystem, file: string, size: number): Promise<Result<void>> {
    const result = fileSystem === 'ntfs' ? await resizeNtfs(file, size) : await resizeExt(file, size)
    return result.ok ? done : result
  },
}

async function ntfsLimit(file: string): Promise<Result<number>> {
  const args = ['--info', '--force', '--force', '--no-progress-bar', file]
  const asked = await runCommand({ program: 'ntfsresize', args, timeoutMs })
  if (!asked.ok) return asked
  const bytes = Number(/resize at (\d+) bytes/.exec(asked.value.stdout)?.[1])
  if (Number.isSafeInteger(bytes)) return ok(alignUp(bytes, smallestStep))
  return fail(
    'tool-failed',
    { tool: 'ntfsresize', exitCode: 0, signal: null, reason: 'output' },
    { command: asked.value.record },
  )
}

/** Twice `--force`: the second lets it work on a volume that is marked for a check. */
function resizeNtfs(file: string, size: number): Promise<Result<CommandOutput>> {
  const args = ['--force', '--force', '--no-progress-bar', '--size', String(size), file]
  return runCommand({ program: 'ntfsresize', args, timeoutMs })
}

async function extLimit(file: string): Promise<Result<number>> {
  const asked = await runCommand({ program: 'resize2fs', args: ['-P', file], timeoutMs })
  if (!asked.ok) return asked
  const blocks = Number(/minimum size of the filesystem: (\d+)/.exec(asked.value.stdout)?.[1])
  const described = await runCommand({ program: 'dumpe2fs', args: ['-h', file], timeoutMs })
  if (!described.ok) return described
  const blockSize = Number(/^Block size:\s+(\d+)/m.exec(described.value.stdout)?.[1])
  if (Number.isSafeInteger(blocks * blockSize)) return ok(blocks * blockSize)
  return fail('tool-failed', { tool: 'resize2fs', exitCode: 0, signal: null, reason: 'output' })
}

async function resizeExt(file: string, size: number): Promise<Result<CommandOutput>> {
  const checked = await runCommand({ program: 'e2fsck', args: ['-f', '-p', file], timeoutMs })
  if (!checked.ok && checked.failure.command?.exitCode !== 1) return checked
  return runCommand({ program: 'resize2fs', args: [file, `${Math.floor(size / 1024)}K`], timeoutMs })
}
