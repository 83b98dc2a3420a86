import type { IssueText } from '../locale.ts'

/** Befunde über das, was schon installiert ist: Ist es noch so, wie Berth es angelegt hat? */
export const installedIssues = {
  'berth-entry-missing': {
    title: 'Der Starteintrag des neuen Systems ist weg',
    message:
      'Die Firmware kennt „{description}“ ({where}) nicht mehr. Ein Update von Windows oder der Firmware entfernt manchmal Einträge. Das System selbst ist davon nicht berührt.',
    remedy: 'Reparieren Sie es („berth repair“): Genau ein Eintrag wird wieder angelegt.',
  },
  'berth-entry-inactive': {
    title: 'Der Starteintrag des neuen Systems ist ausgeschaltet',
    message: '{where} ist als nicht aktiv gekennzeichnet, so dass die Firmware ihn übergeht.',
    remedy: 'Reparieren Sie es („berth repair“), oder schalten Sie ihn im Menü der Firmware ein.',
  },
  'berth-entry-changed': {
    title: 'Die Firmware hat den Starteintrag ein wenig verändert',
    message: '{where} startet das neue System noch, ist aber nicht Byte für Byte, was Berth geschrieben hat.',
    remedy: 'Nichts zu tun. Manche Firmware fügt eigene Zeichen hinzu.',
  },
  'berth-entry-doubled': {
    title: 'Der Starteintrag ist mehr als einmal da',
    message: 'Genau derselbe Eintrag von Berth ist noch einmal da, als {list}.',
    remedy: 'Reparieren Sie es („berth repair“): Einer bleibt, die Kopien gehen.',
  },
  'berth-entry-foreign': {
    title: 'Jemand anders hat einen Eintrag für das neue System angelegt',
    message: '{where} („{description}“) startet dieselbe Datei und ist nicht von Berth.',
    remedy: 'Nichts zu tun. Berth lässt ihn, auch wenn das neue System entfernt wird.',
  },
  'berth-order-reverted': {
    title: 'Das neue System steht nicht mehr in der Startreihenfolge',
    message:
      '{where} ist da, aber die Startreihenfolge nennt ihn nicht. Ein Update tut das, oder Firmware, die ihre eigene Reihenfolge wiederherstellt.',
    remedy:
      'Reparieren Sie es („berth repair“). Tut die Firmware es wieder, wählen Sie das System stattdessen für den nächsten Start („berth switch berth“); das geht ohne die Reihenfolge.',
  },
  'berth-not-first': {
    title: 'Von selbst startet jetzt ein anderes System',
    message:
      'Sie hatten {where} gewählt, um von selbst zu starten, aber {first|entry} steht in der Startreihenfolge davor.',
    remedy: 'Reparieren Sie es („berth repair“), wenn das neue System wieder von selbst starten soll.',
  },
  'berth-file-missing': {
    title: 'Eine Datei des neuen Systems fehlt',
    message: '{where} ist nicht mehr da.',
    remedy: 'Reparieren Sie es („berth repair --release ...“): Sie wird neu geschrieben.',
  },
  'berth-file-changed': {
    title: 'Eine Datei des neuen Systems ist nicht, was geschrieben wurde',
    message: '{where} hat einen anderen Inhalt: Geschrieben wurden {required|bytes}, da sind {found|bytes}.',
    remedy:
      'Wenn Sie sie nicht selbst geändert haben, reparieren Sie es („berth repair --release ...“): Sie wird neu geschrieben.',
  },
  'berth-record-missing': {
    title: 'Die Aufzeichnung dessen, was angelegt wurde, fehlt',
    message:
      '{where} ist nicht da oder nicht lesbar. Sie liegt neben dem System, damit jede Kopie von Berth es entfernen kann.',
    remedy:
      'Reparieren Sie es („berth repair“) von dem System aus, in dem Berth benutzt wurde: Dort gibt es eine zweite Kopie.',
  },
  'berth-partition-missing': {
    title: 'Die Partition des neuen Systems ist nicht, wo sie war',
    message:
      'Die Partition {where} ist weg, wurde verschoben oder in der Größe verändert, ist zweimal da oder nicht lesbar. Berth rät nicht.',
    remedy:
      'Wissen Sie, warum, stellen Sie sie wieder her. Sonst entfernen Sie, was übrig ist („berth undo“), und installieren Sie neu.',
  },
  'berth-copied': {
    title: 'Es gibt eine Kopie von Berths Startpartition',
    message:
      'Die Aufzeichnung einer Installation liegt auf einer anderen Partition oder auf zweien. Ein geklontes Laufwerk macht das.',
    remedy:
      'Ziehen Sie die Kopie ab oder löschen Sie sie. Berth ändert nichts, solange es sie nicht unterscheiden kann.',
  },
  'berth-trial-waiting': {
    title: 'Das neue System ist gestartet und wartet auf Ihre Antwort',
    message: 'Der Probestart hat geklappt. Von selbst startet weiter das vorhandene, bis Sie entscheiden.',
    remedy: 'Behalten Sie es („berth confirm“), oder entfernen Sie es („berth undo“).',
  },
  'berth-trial-unarmed': {
    title: 'Die Firmware hat die Probe vergessen',
    message:
      'Das neue System ist noch nicht gestartet, und das Zeichen, mit dem es sich ausweisen soll, ist weg. Das Zurücksetzen der Firmware tut das.',
    remedy: 'Reparieren Sie es („berth repair“): Die Probe wird für den nächsten Start neu vorbereitet.',
  },
  'berth-start-failed': {
    title: 'Ein Start des neuen Systems ist misslungen',
    message:
      '{release} hat diese Notiz hinterlassen: „{reason}“. Der Bericht enthält {lines} Zeilen von dem, was es meldete.',
    remedy:
      'Nichts zu tun, wenn es seither gut gestartet ist. Sonst speichern Sie einen Bericht („berth report“): failed-start.txt darin ist, was jemand braucht, der Ihnen hilft.',
  },
  'fallback-loader-changed': {
    title: 'Das Startprogramm, auf das die Firmware zurückfällt, ist ein anderes',
    message:
      '{path} ist nicht, was es bei der Installation des neuen Systems war ({required}; jetzt {found}). Ein anderes System oder ein Update hat es geschrieben. Es ist nicht von Berth.',
    remedy: 'Nichts zu tun, wenn Sie inzwischen ein System installiert oder aktualisiert haben.',
  },
  'default-start-changed': {
    title: 'Von selbst startet ein anderes System als vor der Installation',
    message: 'Die Startreihenfolge begann mit {former|entry}; jetzt beginnt sie mit {first|entry}.',
    remedy:
      'War das nicht Ihre Wahl, ändern Sie es im Menü der Firmware. Die Reihenfolge der anderen lässt Berth in Ruhe.',
  },
  'repair-needs-release': {
    title: 'Es braucht das System, das installiert wurde',
    message:
      'Dateien von {release} müssen neu geschrieben werden, und zwar aus genau diesem System (SHA-256 seiner release.json: {sha256}). Zur Hand: {found}.',
    remedy: 'Geben Sie es an („berth repair --release ...“), oder legen Sie es in den Vorrat der Systeme.',
  },
  'boot-next-foreign': {
    title: 'Jemand anders hat den nächsten Start gewählt',
    message: '{where}[ („{description}“)] wurde nicht von Berth gewählt, also nimmt Berth es nicht zurück.',
    remedy: 'Starten Sie neu, oder ändern Sie es im Menü der Firmware.',
  },
} as const satisfies Record<string, IssueText>
