/** What was proven by looking again, one line for each thing. */
export const proofSentences = {
  'proof.heading': 'Proven by looking again:',
  'proof.volume': 'The resized volume reads back as [{size|bytes}][{value|bytes}].',
  'proof.partition':
    'The new partition lies where it should[: slot {slot}, {size|size}], in both copies of the table.',
  'proof.formatted': 'The new file system read back as empty before anything was written to it.',
  'proof.files': '{things|n:file} of the system read back as signed[: {only}].',
  'proof.manifest': 'The record of what was made lies beside the system.',
  'proof.entry': '{name} reads back byte for byte as planned.',
  'proof.next': 'The next start, and only that one, is {name}.',
  'proof.order': 'The boot order reads back as {name}.',
  'proof.dropped': 'Gone, because it was there twice: {name}.',
  'proof.next-cleared': 'Nothing is chosen for the next start: the default starts.',
  'proof.partitions-kept': '{things|n:other partition} in the same place, with the same size and type.',
  'proof.files-kept': '{count|n:file} of others on {things|n:boot volume} unchanged.',
  'proof.entries-kept': '{things|n:other boot entry/other boot entries} unchanged: {list}.',
  'proof.order-kept': 'The others keep their places in the boot order.',
  'proof.check-follows':
    'The volume {name} is marked for a check. Windows does it by itself the next time it starts.',
  'proof.table': '{things|n:partition table} byte for byte as before.',
  'proof.gone': 'Gone: {list}.',
  'proof.gone.and': '{list} and {last}',
  'proof.gone.partition': '{count|n:partition}',
  'proof.gone.file': '{count|n:file}',
  'proof.gone.boot-entry': '{list}',
  'proof.gone.order': 'its place in the boot order',
  'proof.gone.BootNext': 'the choice for the next start',
} as const
