/** Words in groups; every leaf is a sentence. */
export interface Words {
  readonly [key: string]: string | Words
}

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ö',
  u: 'ü',
  A: 'Å',
  E: 'É',
  I: 'Î',
  O: 'Ö',
  U: 'Û',
  c: 'ç',
  n: 'ñ',
  y: 'ý',
  s: 'š',
}

/** A made-up language from English: accented, a third longer and in brackets, so that what is not translated shows. */
export function pseudo(words: Words, change: (sentence: string) => string = accented): Words {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? change(value) : pseudo(value, change),
    ]),
  )
}

/** Accents and padding; `{{placeholders}}` stay. */
export function accented(sentence: string): string {
  const parts = sentence.split(/(\{\{[^}]*\}\})/)
  const plain = parts.map((part) => (part.startsWith('{{') ? part : part.replace(/[A-Za-z]/g, swap))).join('')
  return `[${plain}${'~'.repeat(Math.ceil(sentence.length / 3))}]`
}

/** The same words written from right to left: each word in an override of its own. */
export function mirrored(sentence: string): string {
  return sentence
    .split(/(\{\{[^}]*\}\}|\s+)/)
    .map((part) =>
      part === '' || part.startsWith('{{') || /^\s+$/.test(part) ? part : `\u202e${part}\u202c`,
    )
    .join('')
}

const pluralForms = ['zero', 'two', 'few', 'many']

/** A language with more plural forms than English: each gets the words of the general one. */
export function withAllPlurals(words: Words): Words {
  const all: Record<string, string | Words> = {}
  for (const [key, value] of Object.entries(words)) {
    all[key] = typeof value === 'string' ? value : withAllPlurals(value)
    const [, stem] = /^(.*)_other$/.exec(key) ?? []
    for (const form of stem === undefined ? [] : pluralForms) all[`${stem}_${form}`] = value
  }
  return all
}

function swap(letter: string): string {
  return accents[letter] ?? letter
}
