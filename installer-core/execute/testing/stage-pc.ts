import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../../adapters/run-command.ts'
import { patternOf } from '../../adapters/testing/byte-source.ts'
import { open, stateWith } from '../../adapters/testing/pc-with-volume.ts'
import { smallPc } from '../../adapters/testing/small-pc.ts'
import { bytes } from '../../base/bytes.ts'
import { expectOk, ok } from '../../base/result.ts'
import { buildRelease } from '../../check/testing/machine-builder.ts'
import { readOvmf } from '../../formats/testing/foreign-tools.ts'
import { stageFolder } from '../../model/stage.ts'
import type { OpenRelease } from '../../ports/release-source.ts'
import { sourceOf } from '../../steps/byte-sources.ts'

/** An offline stage of so many bytes that would not start, and is not started. */
export function stageRelease(length: number): OpenRelease {
  const content = patternOf(length)
  const path = `${stageFolder}/stage.efi`
  const sha256 = createHash('sha256').update(content).digest('hex')
  return {
    manifest: buildRelease({
      loader: path,
      files: [{ source: 'stage.efi', path, size: bytes(content.length), sha256 }],
    }),
    sha256: 'ab'.repeat(32),
    signer: { name: 'test', practiceOnly: true },
    openFile: async () => ok(sourceOf(content)),
  }
}

/** An empty ext4 as long as the small PC's data partition, by mke2fs. */
export function emptyExt4(): Promise<Uint8Array> {
  return emptyVolume('mke2fs', ['-q', '-F', '-t', 'ext4', '-b', '4096', '-J', 'size=4'])
}

/** An empty NTFS as long, by mkntfs. */
export function emptyNtfs(): Promise<Uint8Array> {
  return emptyVolume('mkntfs', ['-q', '-Q', '-F'])
}

async function emptyVolume(program: string, options: readonly string[]): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-arm-'))
  const image = join(folder, 'volume')
  writeFileSync(image, '')
  truncateSync(image, smallPc.dataBytes)
  expectOk(await runCommand({ program, args: [...options, image], timeoutMs: 60_000 }))
  const volume = new Uint8Array(readFileSync(image))
  rmSync(folder, { recursive: true })
  return volume
}

/** The small PC with that volume, and the folder on its ESP that every ESP has. */
export async function stagePc(volume: Uint8Array): Promise<ReturnType<typeof stateWith>> {
  const made = stateWith(volume, 512, readOvmf('OVMF_VARS.fd'))
  const tree = expectOk(await open(made, 512).platform.openBootVolume(smallPc.disk, smallPc.esp))
  expectOk(await tree.makeFolder('/EFI'))
  expectOk(await tree.sync())
  await tree.close()
  return made
}
