import { ok, type Result } from '../../base/result.ts'
import { runCommand } from '../run-command.ts'

/** The mark that keeps a variable's file from being changed. */
export interface VariableProtection {
  isOn(path: string): Promise<Result<boolean>>
  set(path: string, on: boolean): Promise<Result<unknown>>
}

const timeoutMs = 30_000

/** FS_IMMUTABLE_FL, by lsattr(1) and chattr(1) of e2fsprogs. */
export const immutableMark: VariableProtection = {
  async isOn(path) {
    const listed = await runCommand({ program: 'lsattr', args: ['-d', path], timeoutMs })
    return listed.ok ? ok(/^\S*i/.test(listed.value.stdout)) : listed
  },
  set: (path, on) => runCommand({ program: 'chattr', args: [on ? '+i' : '-i', path], timeoutMs }),
}
