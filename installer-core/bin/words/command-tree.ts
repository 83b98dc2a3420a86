import type { Command } from 'commander'

/** One option of a command. */
export interface OptionWords {
  /** `--json`, `-h`: as they are typed. */
  readonly names: readonly string[]
  /** `<folder>`; empty for a switch. */
  readonly value: string
  readonly description: string
  /** What may be given, when it is a closed list. */
  readonly choices: readonly string[]
}

/** One command with what can follow it. */
export interface CommandWords {
  /** `berth practice new`. */
  readonly path: string
  readonly name: string
  readonly description: string
  /** `[options] <folder>`. */
  readonly usage: string
  readonly options: readonly OptionWords[]
  /** What its first argument may be, when that is a closed list. */
  readonly argumentChoices: readonly string[]
  readonly commands: readonly CommandWords[]
}

/** Everything that can be typed, read from the program itself: help, manual page and completion say the same. */
export function commandTree(command: Command, above = ''): CommandWords {
  const path = `${above} ${command.name()}`.trim()
  const help = command.createHelp()
  const visible = help.visibleCommands(command).filter((one) => one.name() !== 'help')
  return {
    path,
    name: command.name(),
    description: command.description(),
    usage: command.usage(),
    options: help.visibleOptions(command).map((option) => ({
      names: [option.short, option.long].filter((name) => typeof name === 'string'),
      value: /[<[].*[>\]]/.exec(option.flags)?.[0] ?? '',
      description: option.description,
      choices: option.argChoices ?? [],
    })),
    argumentChoices: command.registeredArguments[0]?.argChoices ?? [],
    commands: visible.map((one) => commandTree(one, path)),
  }
}

/** A command and all below it. */
export function everyCommand(command: CommandWords): readonly CommandWords[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}
