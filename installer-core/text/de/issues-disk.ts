import type { diskIssues as english } from '../en/issues-disk.ts'
import type { IssueText } from '../locale.ts'

/** Befunde zu Laufwerken, ihren Partitionstabellen und ihren Kennungen. */
export const diskIssues = {
  'disk-none': {
    title: 'Es wurde kein Laufwerk gefunden',
    message: 'Es gibt kein eingebautes Laufwerk, auf das das neue System könnte.',
    remedy:
      'Hat der PC eines, verbirgt es vielleicht sein Controller (RST- oder VMD-Modus), oder Berth braucht Administratorrechte, um es zu sehen.',
  },
  'disk-not-found': {
    title: 'Das gewählte Laufwerk ist nicht da',
    message: 'Kein Laufwerk hat die Kennung {disk}.',
    remedy: 'Sehen Sie sich die Laufwerke an („berth probe“) und wählen Sie eines davon.',
  },
  'disk-removable': {
    title: 'Dieses Laufwerk lässt sich abziehen',
    message:
      '{disk} ist ein Wechselmedium oder hängt an USB. Ein System darauf wäre weg, sobald das Laufwerk weg ist; deshalb lässt Berth es in Ruhe.',
    remedy: 'Wählen Sie ein eingebautes Laufwerk.',
  },
  'disk-duplicate': {
    title: 'Zwei Laufwerke tragen dieselbe Kennung',
    message:
      'Die Laufwerks-GUID {where} gibt es zweimal; ein Laufwerk ist wohl eine Kopie des anderen. Welches gemeint ist, kann niemand sagen, also wird auf keines geschrieben.',
    remedy:
      'Nehmen Sie die Kopie aus dem PC, oder geben Sie ihr neue Kennungen (unter Linux „sgdisk --randomize-guids“ für die Kopie). Kommen Sie dann wieder.',
  },
  'partition-duplicate': {
    title: 'Zwei Partitionen tragen dieselbe Kennung',
    message:
      'Die Partitions-GUID {partition} gibt es zweimal, wohl weil ein Laufwerk kopiert wurde. Welche gemeint ist, kann niemand sagen, also wird nichts geschrieben.',
    remedy:
      'Nehmen Sie die Kopie aus dem PC, oder geben Sie ihr neue Kennungen (unter Linux „sgdisk --randomize-guids“). Kommen Sie dann wieder.',
  },
  'disk-mbr': {
    title: 'Dieses Laufwerk hat eine Partitionstabelle alter Art',
    message:
      '{disk} hat eine MBR-Partitionstabelle. Starteinträge von UEFI brauchen eine GPT, die neuere Art.',
    remedy:
      'Wählen Sie ein anderes Laufwerk, das eine GPT hat. Windows kann sein eigenes Laufwerk mit „mbr2gpt“ umstellen; sichern Sie vorher Ihre Dateien.',
  },
  'disk-hybrid-mbr': {
    title: 'Dieses Laufwerk hat zwei Partitionstabellen, die sich widersprechen können',
    message:
      '{disk} hat neben seiner GPT einen hybriden MBR. Eine Änderung an der einen Tabelle würde die andere falsch machen.',
    remedy:
      'Wählen Sie ein anderes Laufwerk. Braucht nichts mehr die hybride Tabelle, kann ein Partitionierungsprogramm daraus wieder eine gewöhnliche schützende machen.',
  },
  'disk-no-table': {
    title: 'Dieses Laufwerk hat keine Partitionstabelle',
    message:
      '{disk} ist leer oder wird als Ganzes benutzt. Berth legt keine Partitionstabellen an, weil das verbergen würde, was dort liegt.',
    remedy:
      'Wählen Sie ein anderes Laufwerk, oder legen Sie selbst eine GPT darauf an, wenn Sie sicher sind, dass es leer ist.',
  },
  'disk-table-unreadable': {
    title: 'Die Partitionstabelle lässt sich nicht lesen',
    message: '{disk}: {reason}.',
    remedy: 'Prüfen Sie das Laufwerk und sein Kabel. Es wurde nichts geändert.',
  },
  'disk-table-damaged': {
    title: 'Die Partitionstabelle ist beschädigt',
    message:
      '{disk} führt seine Partitionstabelle zweimal, am Anfang und am Ende, und sie sind nicht, wie sie sein sollten: {problems}. Berth ändert eine solche Tabelle nicht und repariert sie auch nicht stillschweigend.',
    remedy:
      'Sichern Sie zuerst Ihre Dateien. Lassen Sie dann ein Partitionierungsprogramm nachsehen: „gdisk“ unter Linux zeigt beide Kopien (Befehl v) und kann eine aus der anderen neu aufbauen.',
  },
  'disk-protective-mbr-missing': {
    title: 'Der erste Sektor des Laufwerks schützt seine Partitionstabelle nicht',
    message:
      '{disk} hat eine GPT, aber keinen schützenden Eintrag im ersten Sektor. Andere Programme könnten das Laufwerk für leer halten.',
    remedy:
      'Ein Partitionierungsprogramm kann ihn neu schreiben („gdisk“, Befehl w, schreibt alle Teile). Kommen Sie dann wieder.',
  },
  'disk-overlap': {
    title: 'Zwei Partitionen überschneiden sich',
    message: 'Auf {disk} reicht die Partition {partition} in die nächste hinein.',
    remedy:
      'Sichern Sie Ihre Dateien und lassen Sie das Laufwerk untersuchen, bevor daran etwas geändert wird.',
  },
  'disk-ldm': {
    title: 'Das ist ein dynamischer Datenträger von Windows',
    message:
      '{disk} wird von Windows als dynamischer Datenträger (LDM) verwaltet. Seine Volumes dürfen nicht von außen geändert werden.',
    remedy: 'Wählen Sie ein anderes Laufwerk, einen Basisdatenträger.',
  },
  'disk-other-chosen': {
    title: 'Das neue System kommt auf ein anderes Laufwerk',
    message:
      'Das vorhandene System startet von {own}, das sich nicht verwenden lässt. Stattdessen wird {disk} verwendet.',
    remedy: 'Wollen Sie das nicht, wählen Sie das Laufwerk selbst (--disk).',
  },
  'disk-slots-full': {
    title: 'Die Partitionstabelle ist voll',
    message: '{disk} hat keinen freien Platz für einen Eintrag: Alle {slots} sind belegt.',
    remedy: 'Wählen Sie ein anderes Laufwerk.',
  },
  'partition-not-found': {
    title: 'Die gewählte Partition ist nicht da',
    message: 'Keine Partition auf dem gewählten Laufwerk hat die Kennung {partition}.',
    remedy: 'Sehen Sie sich die Partitionen an („berth probe“) und wählen Sie eine davon.',
  },
  'storage-hidden': {
    title: 'Das neue System würde die Laufwerke nicht sehen',
    message:
      'Die Laufwerke liegen hinter Intels Modus {found} (RST oder VMD), der sie vor Linux verbirgt. Nötig: {required}.',
    remedy:
      'Der Modus wird im Firmware-Setup geändert, aber Windows muss vorher darauf vorbereitet werden, sonst startet es nicht mehr. Folgen Sie der Anleitung des Herstellers. Berth ändert den Modus nie.',
  },
} as const satisfies Record<keyof typeof english, IssueText>
