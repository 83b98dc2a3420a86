import { everyCommand, type CommandWords, type OptionWords } from './command-tree.ts'

/** Shells that completion is made for. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** The script that a shell reads to complete `berth`. */
export function completionScript(shell: Shell, program: CommandWords): string {
  switch (shell) {
    case 'bash':
      return bash(program)
    case 'zsh':
      return `#compdef ${program.name}\nautoload -U +X bashcompinit && bashcompinit\n${bash(program)}`
    case 'fish':
      return fish(program)
  }
}

/** Follows the words that were typed to the command they name; the words that may follow it are data in two tables. */
function bash(program: CommandWords): string {
  const commands = everyCommand(program)
  const words = commands.map(
    (one) =>
      `  [${quoted(one.path)}]=${quoted(
        [
          ...one.commands.map(({ name }) => name),
          ...one.argumentChoices,
          ...one.options.flatMap(({ names }) => names),
        ].join(' '),
      )}`,
  )
  const values = commands.flatMap((one) =>
    one.options
      .filter(({ choices }) => choices.length > 0)
      .flatMap(({ names, choices }) =>
        names.map((name) => `  [${quoted(`${one.path} ${name}`)}]=${quoted(choices.join(' '))}`),
      ),
  )
  const name = `_${program.name}`
  return `# Completion for ${program.name}: made by "${program.name} completion", not by hand.
declare -A ${name}_words=(
${words.join('\n')}
)
declare -A ${name}_values=(
${values.join('\n')}
)
${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path=${program.name} word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ -n \${${name}_words["$path $word"]+known} ]] && path="$path $word"
  done
  local offered=\${${name}_values["$path $before"]:-\${${name}_words["$path"]}}
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o bashdefault -o default -F ${name} ${program.name}
`
}

function fish(program: CommandWords): string {
  const lines = everyCommand(program).flatMap((one) => {
    const [, ...path] = one.path.split(' ')
    const below = one.commands.map(({ name }) => name)
    const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`)
    const unseen = below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(' ')}`]
    const when = [...seen, ...unseen].join('; and ')
    const condition = when === '' ? '' : ` -n ${quoted(when)}`
    return [
      ...one.commands.map((sub) => offer(program, condition, `-f -a ${sub.name}`, sub.description)),
      ...one.argumentChoices.map((choice) => offer(program, condition, `-f -a ${choice}`, '')),
      ...one.options.map((option) => offer(program, condition, fishOption(option), option.description)),
    ]
  })
  return `# Completion for ${program.name}: made by "${program.name} completion", not by hand.\n${lines.join('\n')}\n`
}

function offer(program: CommandWords, condition: string, what: string, description: string): string {
  return `complete -c ${program.name}${condition} ${what} -d ${quoted(description)}`
}

function fishOption({ names, value, choices }: OptionWords): string {
  const parts = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  if (choices.length > 0) parts.push(`-x -a ${quoted(choices.join(' '))}`)
  else if (value.startsWith('<')) parts.push('-r')
  return parts.join(' ')
}

/** In single quotes, as all three shells read them; fish alone gives a meaning to a backslash in them. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '').replaceAll("'", '’')}'`
}
