/** What the offline stage says, and what is said of it. */
export const stageSentences = {
  'stage.began': 'the offline stage has begun. Please leave the PC switched on.',
  'stage.phase.prepare': 'working out the smaller file system. Nothing is changed yet.',
  'stage.phase.merge': 'bringing it to the disk. After a power cut the PC comes back here and goes on.',
  'stage.phase.table': 'making the partition smaller.',
  'stage.phase.done': 'the partition is smaller.',
  'stage.phase.refused': 'nothing was changed.',
  'stage.done': 'done. The PC restarts into its own system.',
  'stage.refused': 'it cannot be done, and nothing was changed. The PC restarts into its own system.',
  'stage.again': 'this did not work yet. The PC restarts and tries again.',
  'stage.none': 'Nothing was prepared.',
  'stage.last.prepare': 'Prepared, and not started yet. To take it back: "berth make-room --cancel".',
  'stage.last.cancelled': 'Taken back. Nothing was changed.',
  'stage.last.merge': 'It is half-way. Restart at once: the PC goes on with it by itself.',
  'stage.last.table': 'It is nearly done. Restart: the PC brings it to its end by itself.',
  'stage.last.done':
    'It is done: the partition is smaller, and the room is free. To give it back: "berth undo".',
  'stage.last.refused': 'It could not be done ({failure}), and nothing was changed.',
} as const
