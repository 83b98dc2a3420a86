import type { stageSentences as english } from '../en/sentences-stage.ts'

/** Was die Offline-Stufe sagt, und was von ihr gesagt wird. */
export const stageSentences = {
  'stage.began': 'Die Offline-Stufe hat begonnen. Bitte lassen Sie den PC eingeschaltet.',
  'stage.phase.prepare': 'Das kleinere Dateisystem wird ausgearbeitet. Noch wird nichts geändert.',
  'stage.phase.merge':
    'Es wird auf die Festplatte gebracht. Nach einem Stromausfall kommt der PC hierher zurück und macht weiter.',
  'stage.phase.table': 'Die Partition wird verkleinert.',
  'stage.phase.done': 'Die Partition ist kleiner.',
  'stage.phase.refused': 'Es wurde nichts geändert.',
  'stage.done': 'Fertig. Der PC startet sein eigenes System.',
  'stage.refused': 'Es geht nicht, und es wurde nichts geändert. Der PC startet sein eigenes System.',
  'stage.again': 'Das hat noch nicht geklappt. Der PC startet neu und versucht es noch einmal.',
  'stage.none': 'Es wurde nichts vorbereitet.',
  'stage.last.prepare': 'Vorbereitet und noch nicht gestartet. Zurücknehmen: „berth make-room --cancel“.',
  'stage.last.cancelled': 'Zurückgenommen. Es wurde nichts geändert.',
  'stage.last.merge': 'Es ist auf halbem Weg. Starten Sie sofort neu: Der PC macht von selbst weiter.',
  'stage.last.table': 'Es ist fast fertig. Starten Sie neu: Der PC bringt es von selbst zu Ende.',
  'stage.last.done':
    'Es ist fertig: Die Partition ist kleiner, und der Platz ist frei. Zurückgeben: „berth undo“.',
  'stage.last.refused': 'Es ging nicht ({failure}), und es wurde nichts geändert.',
} as const satisfies Record<keyof typeof english, string>
