/**
 * Words of the core as a page says them: without what they add for people at a terminal, `("berth undo")` or `(--disk)`.
 * What the window does instead has a button.
 */
export function withoutCommands(text: string): string {
  return text.replace(/\s*\((?:["“„«]\s?berth |--)[^()]*\)/g, '')
}
