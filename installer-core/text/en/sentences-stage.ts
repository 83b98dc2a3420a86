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
  'stage.ask': 'Shall Berth prepare this now?',
  'stage.armed':
    'Prepared. Restart when you are ready: the PC does it by itself, and comes back. To take it back before: "berth make-room --cancel".',
  'stage.plan.volume':
    'The partition {partition} and its file system become smaller: {from|bytes} now, {to|bytes} afterwards.',
  'stage.plan.files':
    'For that, {size|bytes} are written to the boot volume {partition}, and taken away afterwards.',
  'stage.plan.start':
    'The next start, and only that one, does the work. Until its result is complete and checked, nothing of the partition is changed; after that, a power cut leads back into it until it is done.',
  'stage.plan.undo':
    'What becomes free is for an installation. "berth undo" gives it back, together with the installation or without one.',
  'stage.last.prepare': 'Prepared, and not started yet. To take it back: "berth make-room --cancel".',
  'stage.last.cancelled': 'Taken back. Nothing was changed.',
  'stage.last.merge': 'It is half-way. Restart at once: the PC goes on with it by itself.',
  'stage.last.table': 'It is nearly done. Restart: the PC brings it to its end by itself.',
  'stage.last.done':
    'It is done: the partition is smaller, and the room is free. To give it back: "berth undo".',
  'stage.last.refused': 'It could not be done ({failure}), and nothing was changed.',
} as const
