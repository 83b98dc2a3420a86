import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'
import { MiB } from '../../installer-core/base/bytes.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { buildMinimal } from '../../installer-core/system/build-minimal.ts'
import { makeSigner, type ReleaseSigner } from '../../installer-core/system/release-signer.ts'
import { bundleProgram, root } from '../../scripts/build/bundle.ts'
import { makeExecutable } from '../../scripts/build/executable.ts'
import { run } from '../boot/run-tool.ts'

/** Puts more into the volume's folder, where `berth` is by then, and signs with the key that the guest's Berth trusts. */
export type MorePayload = (content: string, signer: ReleaseSigner) => Promise<void>

/**
 * A volume with what a guest gets from outside: `berth` as people get it, but trusting a key of this test's own (there is
 * no production key, and a real PC takes nothing else), a release of the minimal system signed with it, and the contract
 * suite as a program.
 */
export async function makePayload(folder: string, more?: MorePayload): Promise<string> {
  const content = mkdtempSync(join(folder, 'payload-'))
  const programs = mkdtempSync(join(folder, 'programs-'))
  const signer = makeSigner('key of the end-to-end tests', false, generateKeyPairSync('ed25519').privateKey)
  const keys = join(folder, 'keyring.json')
  writeFileSync(keys, JSON.stringify({ schema: 'berth/keys/1', keys: [signer.key] }))
  expectOk(await buildMinimal({ out: join(content, 'release'), signer }))
  await bundleProgram(join(programs, 'berth.cjs'))
  await bundleContract(join(programs, 'contract.cjs'))
  for (const name of ['berth', 'contract']) {
    const program = join(programs, `${name}.cjs`)
    await makeExecutable('linux', program, join(programs, name), { 'keys/keyring.json': keys })
    renameSync(join(programs, name), join(content, name))
  }
  await more?.(content, signer)
  const image = join(folder, 'payload.img')
  run('truncate', ['-s', String(512 * MiB), image])
  run('mke2fs', ['-q', '-t', 'ext4', '-L', 'payload', '-d', content, image])
  for (const done of [content, programs]) rmSync(done, { recursive: true })
  return image
}

async function bundleContract(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(root, 'e2e/linux/testing/contract-process.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    logLevel: 'warning',
    legalComments: 'none',
    alias: { vitest: join(root, 'e2e/linux/testing/guest-vitest.ts') },
    banner: { js: "const contractUrl = require('node:url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': 'contractUrl' },
  })
}
