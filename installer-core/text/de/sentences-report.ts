/** What a report says of programs that see the PC differently. */
export const reportSentences = {
  'report.differs':
    'Andere Programme sehen diesen PC anders. Berth richtet sich nach dem, was es selbst liest:',
  'report.differs.only-own': '{about} gibt es für Berth, aber nicht für {source}.',
  'report.differs.only-other': '{about} gibt es für {source}, aber nicht für Berth.',
  'report.differs.size': '{about} ist {own|bytes} lang, für {source} {other|bytes}.',
  'report.differs.sector-size': '{about} hat Sektoren von {own|bytes}, für {source} von {other|bytes}.',
  'report.differs.file-system': '{about} enthält {own}, für {source} {other}.',
  'report.differs.mounted':
    '{about} ist für {source} unter {other} eingehängt, für Berth nicht[; Berth kennt: {own}].',
  'report.differs.memory': 'Es gibt {own|bytes} Arbeitsspeicher, für {source} {other|bytes}.',
  'report.differs.firmware': 'Die Firmware ist {own}, für {source} {other}.',
} as const
