/** What a report says of programs that see the PC differently. */
export const reportSentences = {
  'report.differs': 'Other programs see this PC differently. Berth goes by what it reads itself:',
  'report.differs.only-own': '{about} is there for Berth, and not for {source}.',
  'report.differs.only-other': '{about} is there for {source}, and not for Berth.',
  'report.differs.size': '{about} is {own|bytes} long, for {source} {other|bytes}.',
  'report.differs.sector-size': '{about} has sectors of {own|bytes}, for {source} of {other|bytes}.',
  'report.differs.file-system': '{about} holds {own}, for {source} {other}.',
  'report.differs.mounted':
    '{about} is mounted at {other} for {source}, and not for Berth[, which knows of: {own}].',
  'report.differs.memory': 'There are {own|bytes} of memory, for {source} {other|bytes}.',
  'report.differs.firmware': 'The firmware is {own}, for {source} {other}.',
} as const
