import type { proofSentences as english } from '../en/sentences-proof.ts'

/** Was durch erneutes Nachsehen bewiesen wurde, eine Zeile für jede Sache. */
export const proofSentences = {
  'proof.heading': 'Durch erneutes Nachsehen bewiesen:',
  'proof.volume': 'Das Volume hat, noch einmal gelesen, seine neue Größe: [{size|bytes}][{value|bytes}].',
  'proof.partition':
    'Die neue Partition liegt, wo sie soll[: Nummer {slot}, {size|size}], in beiden Kopien der Tabelle.',
  'proof.formatted': 'Das neue Dateisystem war beim Lesen leer, bevor etwas hineingeschrieben wurde.',
  'proof.files': '{things|n:Datei/Dateien} des Systems, noch einmal gelesen: wie signiert[: {only}].',
  'proof.manifest': 'Die Aufzeichnung dessen, was angelegt wurde, liegt neben dem System.',
  'proof.credentials': '{things|n:Notiz/Notizen} für den ersten Start beim Nachlesen wie geschrieben.',
  'proof.entry': '{name} ist, noch einmal gelesen, Byte für Byte wie geplant.',
  'proof.next': 'Beim nächsten Start, und nur dann, startet {name}.',
  'proof.stage-begun': 'Das kleine System, das Platz schafft, hat seine Arbeit schon begonnen.',
  'proof.order': 'Die Startreihenfolge ist, noch einmal gelesen: {name}.',
  'proof.dropped': 'Weg, weil es doppelt da war: {name}.',
  'proof.next-cleared': 'Für den nächsten Start ist nichts gewählt: Es startet, was von selbst startet.',
  'proof.partitions-kept':
    '{things|n:andere Partition/andere Partitionen} am selben Ort, mit derselben Größe und Art.',
  'proof.files-kept':
    '{count|n:fremde Datei/fremde Dateien} auf {things|n:Start-Volume/Start-Volumes} unverändert.',
  'proof.entries-kept': '{things|n:anderer Starteintrag/andere Starteinträge} unverändert: {list}.',
  'proof.order-kept': 'Die anderen behalten ihren Platz in der Startreihenfolge.',
  'proof.check-follows':
    'Das Volume {name} ist zur Prüfung vorgemerkt. Windows erledigt das von selbst beim nächsten Start.',
  'proof.table': '{things|n:Partitionstabelle/Partitionstabellen} Byte für Byte wie vorher.',
  'proof.gone': 'Entfernt: {list}.',
  'proof.gone.and': '{list} und {last}',
  'proof.gone.partition': '{count|n:Partition/Partitionen}',
  'proof.gone.file': '{count|n:Datei/Dateien}',
  'proof.gone.boot-entry': '{list}',
  'proof.gone.order': 'der Platz in der Startreihenfolge',
  'proof.gone.BootNext': 'die Wahl für den nächsten Start',
} as const satisfies Record<keyof typeof english, string>
