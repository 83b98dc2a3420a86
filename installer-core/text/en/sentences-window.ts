/** What the engine behind the window says. */
export const windowSentences = {
  'networks.none':
    'No Wi-Fi networks were found. Berth reads those that NetworkManager on a running Linux keeps, not those of iwd or ifupdown.',
  'networks.keys':
    'Those named with --wifi come along with their keys. Until the first start of the new system the keys lie readable on the partition that it starts from; then it erases them there.',
  'networks.enterprise':
    'cannot come along, because it asks each person for a name or a certificate of their own.',
  'networks.key-elsewhere': 'cannot come along, because its key is in a keyring or nowhere.',
  'networks.other-kind':
    'cannot come along, because it is a hotspot of this PC or of a kind that Berth does not know.',
  'this-pc.advisory':
    'What can be seen of this PC without special rights. It may be incomplete or wrong, and Berth decides nothing by it.',
  'this-pc.name': 'This PC',
} as const
