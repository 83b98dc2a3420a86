/** What the engine behind the window says. */
export const windowSentences = {
  'this-pc.advisory':
    'What can be seen of this PC without special rights. It may be incomplete or wrong, and Berth decides nothing by it.',
  'this-pc.name': 'This PC',
} as const
