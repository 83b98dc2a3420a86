import { exitCodeWords } from '../exit-codes.ts'
import { everyCommand, type CommandWords, type OptionWords } from './command-tree.ts'

/** The manual page `berth(1)` as man(7) source. `date`: YYYY-MM-DD, of the sources and not of the day. */
export function manualPage(program: CommandWords, version: string, date: string): string {
  const [, ...commands] = everyCommand(program)
  return [
    `.TH ${program.name.toUpperCase()} 1 ${date} "${escaped(`Berth ${version}`)}" "Berth"`,
    '.SH NAME',
    `${program.name} \\- put a Linux system next to the operating system a PC already has`,
    '.SH SYNOPSIS',
    `.B ${program.name}`,
    '.I command',
    '[options]',
    '.SH DESCRIPTION',
    text(program.description),
    'Nothing is changed before it was shown and confirmed; a power cut at any instant leaves a PC that starts.',
    '.SH COMMANDS',
    ...commands.filter((one) => one.commands.length === 0).flatMap(section),
    '.SH EXIT STATUS',
    ...exitCodeWords.flatMap(([code, words]) => ['.TP', `.B ${code}`, text(words)]),
    '.SH SEE ALSO',
    '.BR efibootmgr (8),',
    '.BR bootctl (1),',
    '.BR systemd-boot (7)',
    '',
  ].join('\n')
}

function section({ path, usage, description, options }: CommandWords): string[] {
  return [`.SS "${escaped(`${path} ${usage}`)}"`, text(`${description}.`), ...options.flatMap(option)]
}

function option({ names, value, description, choices }: OptionWords): string[] {
  const list = choices.length === 0 ? '' : ` (${choices.join(', ')})`
  return ['.TP', `.B ${escaped(`${names.join(', ')} ${value}`.trim())}`, text(`${description}${list}`)]
}

/** A line of running text: no line of it may be taken for a request. */
function text(words: string): string {
  return escaped(words).replace(/^([.'])/, '\\&$1')
}

function escaped(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('"', '\\(dq').replaceAll('\n', ' ')
}
