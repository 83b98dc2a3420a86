import type { bootIssues as english } from '../en/issues-boot.ts'
import type { IssueText } from '../locale.ts'

/** Befunde zur Firmware, ihren Variablen und Secure Boot. */
export const bootIssues = {
  'firmware-bios': {
    title: 'Dieser PC startet auf die alte Art, mit BIOS',
    message:
      'Das vorhandene System wurde im BIOS-Modus gestartet (auch Legacy oder CSM genannt). Berth braucht den UEFI-Modus, die neuere Art, einen PC zu starten. Nötig: {required}, gefunden: {found}.',
    remedy:
      'Es wurde nichts geändert. Windows kann sich mit seinem eigenen Werkzeug „mbr2gpt“ auf den UEFI-Modus umstellen; danach ist noch eine Änderung im Firmware-Setup nötig. Sichern Sie vorher Ihre Dateien. Ein PC ohne UEFI lässt sich nicht verwenden.',
  },
  'firmware-bits-differ': {
    title: 'Diese Firmware ist von anderer Art',
    message: 'Das gewählte System startet auf {required}, dieser PC hat aber {found}.',
    remedy: 'Nehmen Sie ein System, das für diese Art von Firmware gemacht ist.',
  },
  'firmware-access-none': {
    title: 'Die Einstellungen der Firmware sind nicht erreichbar',
    message:
      'Das laufende System hat keinen Zugang zu den Variablen der Firmware, in denen die Starteinträge stehen (gefunden: {found}, nötig: {required}).',
    remedy:
      'Starten Sie das vorhandene System im UEFI-Modus und ohne die Optionen, die diesen Zugang abschalten (unter Linux „noefi“ oder „efi=noruntime“), und versuchen Sie es noch einmal.',
  },
  'firmware-read-only': {
    title: 'Die Einstellungen der Firmware lassen sich lesen, aber nicht ändern',
    message:
      'Ohne einen neuen Starteintrag ließe sich das neue System nicht starten. Zugang gefunden: {found}, nötig: {required}.',
    remedy:
      'Unter Linux, als root: „mount -o remount,rw /sys/firmware/efi/efivars“. Berth tut das nicht von selbst.',
  },
  'firmware-store-full': {
    title: 'Die Firmware hat keinen Platz für einen weiteren Starteintrag',
    message:
      'Die Firmware bewahrt ihre Einstellungen in einem kleinen Speicher auf. Benötigt: {required|bytes}. Frei: {found|bytes}. Es wurde nichts geschrieben, weder dort noch auf das Laufwerk.',
    remedy:
      'Öffnen Sie einmal das Firmware-Setup und verlassen Sie es wieder: Manche Firmware räumt dabei auf. Unter Linux dürfen alte Absturzberichte (Namen, die mit „dump-type0-“ beginnen) gelöscht werden. Löschen Sie dort sonst nichts.',
  },
  'firmware-store-tight': {
    title: 'Die Firmware hat nur noch wenig Platz für Einstellungen',
    message: 'Benötigt: {required|bytes}. Frei: {found|bytes}. Das reicht, aber nur knapp.',
    remedy: 'Jetzt ist nichts zu tun. Bleibt der neue Eintrag nicht erhalten, wird alles zurückgenommen.',
  },
  'firmware-reverts-order': {
    title: 'Diese Firmware stellt ihre Startreihenfolge vielleicht zurück',
    message:
      'Von Firmware dieser Art ({vendor}) ist bekannt, dass sie Änderungen der Startreihenfolge beim nächsten Start rückgängig macht ({quirk}).',
    remedy:
      'Jetzt ist nichts zu tun. Berth sieht beim nächsten Start nach. Für einen einzelnen Start lässt sich das andere System trotzdem wählen („berth switch“).',
  },
  'firmware-drops-entries': {
    title: 'Diese Firmware löscht Starteinträge, deren Datei fehlt',
    message:
      'Firmware dieser Art ({vendor}) entfernt einen Eintrag, wenn sie seine Datei nicht findet ({quirk}). Berth schreibt zuerst die Datei, dann den Eintrag.',
    remedy: 'Jetzt ist nichts zu tun.',
  },
  'firmware-ignores-boot-next': {
    title: 'Diese Firmware startet nur, was in ihrer Reihenfolge steht',
    message:
      'Firmware dieser Art ({vendor}) übergeht eine einmalige Wahl (BootNext), die nicht in ihrer Startreihenfolge steht ({quirk}). Für die Probe kommt das neue System ganz ans Ende der Reihenfolge; das vorhandene bleibt vorn.',
    remedy: 'Jetzt ist nichts zu tun.',
  },
  'firmware-wants-full-path': {
    title: 'Diese Firmware findet den neuen Eintrag vielleicht nicht',
    message: 'Firmware dieser Art ({vendor}) erwartet Starteinträge in einer längeren Form ({quirk}).',
    remedy:
      'Startet die Probe nicht, so startet das vorhandene System, und alles lässt sich wieder entfernen („berth undo“).',
  },
  'firmware-order-locked': {
    title: 'Diese Firmware startet immer zuerst Windows',
    message:
      'Firmware dieser Art ({vendor}) stellt Windows an die erste Stelle, was auch immer in der Reihenfolge steht ({quirk}).',
    remedy:
      'Wählen Sie das neue System für den nächsten Start („berth switch“) oder im Startmenü der Firmware.',
  },
  'firmware-quirk': {
    title: 'Diese Firmware will neue Startdateien als vertrauenswürdig markiert haben',
    message:
      'Firmware dieser Art ({vendor}) startet das neue System vielleicht erst, wenn seine Datei im Setup als vertrauenswürdig markiert wurde ({quirk}).',
    remedy:
      'Startet die Probe nicht, öffnen Sie das Firmware-Setup, markieren Sie die neue Datei als vertrauenswürdig und versuchen Sie es noch einmal.',
  },
  'firmware-forbids-writes': {
    title: 'In diese Firmware darf von hier aus nicht geschrieben werden',
    message:
      'Bei Firmware dieser Art ({vendor}) kann das Schreiben eines Starteintrags das laufende System anhalten ({quirk}).',
    remedy: 'Nehmen Sie einen anderen PC. Es wurde nichts geändert.',
  },
  'boot-entry-unreadable': {
    title: 'Ein Starteintrag lässt sich nicht lesen',
    message: '{where} entspricht nicht dem Format von Starteinträgen: {reason}. Er bleibt, wie er ist.',
    remedy: 'Es ist nichts zu tun. Seine Nummer wird für nichts anderes verwendet.',
  },
  'boot-next-taken': {
    title: 'Für den nächsten Start ist schon ein anderes System gewählt',
    message:
      'Jemand hat den nächsten Start auf {found} gestellt. Die Probe tritt an dessen Stelle; beim Zurücknehmen kommt die alte Wahl wieder.',
    remedy:
      'Wartet ein Firmware- oder Windows-Update auf einen Neustart, starten Sie zuerst neu und kommen Sie dann wieder.',
  },
  'room-waits': {
    title: 'Ein Neustart, der Platz schafft, ist vorbereitet',
    message: 'Der nächste Start ({found}) schafft Platz für eine Installation und steht noch aus.',
    remedy:
      'Starten Sie neu und kommen Sie wieder, wenn der Platz da ist; oder nehmen Sie diesen Neustart zurück („berth make-room --cancel“).',
  },
  'boot-order-absent': {
    title: 'Die Firmware führt keine Startreihenfolge',
    message:
      'Die Variable BootOrder fehlt; die Firmware entscheidet selbst, was startet. Berth lässt das so, bis Sie das neue System behalten.',
    remedy: 'Jetzt ist nichts zu tun.',
  },
  'boot-order-dangling': {
    title: 'Die Startreihenfolge nennt Einträge, die es nicht gibt',
    message: 'Genannt, aber nicht da: {found}. Die Firmware übergeht sie, und Berth lässt sie, wie sie sind.',
    remedy: 'Es ist nichts zu tun.',
  },
  'secure-boot-unsigned': {
    title: 'Secure Boot würde das neue System abweisen',
    message:
      'Secure Boot lässt nur signierte Programme starten. Es ist an, und {release} ist dafür nicht signiert.',
    remedy:
      'Nehmen Sie ein System, das für Secure Boot signiert ist. Es geht auch, Secure Boot im Firmware-Setup auszuschalten; ist BitLocker an, halten Sie es vorher in Windows an und legen Sie den Wiederherstellungsschlüssel bereit.',
  },
  'secure-boot-unknown-signer': {
    title: 'Diese Firmware kennt nicht, wer das neue System signiert hat',
    message:
      'Secure Boot ist an. {release} ist von {required} signiert, diese Firmware vertraut aber nur: {found}.',
    remedy:
      'Nehmen Sie ein System, dessen Unterzeichner diese Firmware vertraut, oder installieren Sie ein Firmware-Update, das das fehlende Zertifikat mitbringt. Es wurde nichts geändert.',
  },
  'secure-boot-refused': {
    title: 'Genau dieses Programm steht auf der Sperrliste der Firmware',
    message:
      'Secure Boot ist an, und seine Liste gesperrter Programme nennt das Startprogramm von {release} ({found}).',
    remedy: 'Nehmen Sie eine neuere Version des Systems.',
  },
  'secure-boot-sbat-too-old': {
    title: 'Das Startprogramm ist älter, als dieser PC zulässt',
    message:
      'Windows oder ein anderes System hat die niedrigste zugelassene Generation von Startprogrammen (SBAT) angehoben. Nötig: {required}. {release} hat: {found}.',
    remedy: 'Nehmen Sie eine neuere Version des Systems. Es wurde nichts geändert.',
  },
  'secure-boot-state-unknown': {
    title: 'Ob Secure Boot an ist, ist nicht bekannt',
    message: 'Das neue System ist nicht signiert, startet also nur, wenn Secure Boot aus ist.',
    remedy:
      'Sehen Sie im Firmware-Setup nach, oder in Windows in „Systeminformationen“ unter „Sicherer Startzustand“. Ist es an und die Probe wird abgewiesen, startet das vorhandene System wie bisher.',
  },
  'secure-boot-setup-mode': {
    title: 'Secure Boot ist nicht eingerichtet',
    message: 'Die Firmware hat noch keinen Schlüssel eines Besitzers (Setup-Modus) und startet alles.',
    remedy: 'Jetzt ist nichts zu tun.',
  },
  'windows-entry-missing': {
    title: 'Windows hat keinen Starteintrag, der funktioniert',
    message:
      'Windows ist auf diesem PC, aber kein Starteintrag führt zu seiner Datei ({found}). Windows ließe sich dann nicht für den nächsten Start wählen („berth switch“).',
    remedy: 'Starten Sie Windows einmal: Es legt seinen Eintrag wieder an. Kommen Sie dann wieder.',
  },
  'windows-entry-elsewhere': {
    title: 'Ein Eintrag namens Windows Boot Manager startet etwas anderes',
    message:
      '{where} heißt Windows Boot Manager, startet aber {path}. Ein anderes System hat seinen Platz eingenommen.',
    remedy:
      'Jetzt ist nichts zu tun: Berth richtet sich nach Dateien, nicht nach Namen, und lässt den Eintrag, wie er ist.',
  },
  'windows-entries-several': {
    title: 'Es gibt mehrere Einträge für Windows',
    message:
      '{count} Einträge starten Windows. Berth nimmt {where}: den, dessen Partition und Datei zum vorhandenen Windows gehören.',
    remedy: 'Es ist nichts zu tun.',
  },
  'windows-not-first': {
    title: 'Windows steht in der Startreihenfolge nicht an erster Stelle',
    message: '{where} kommt zuerst. Berth lässt die Reihenfolge, wie sie ist.',
    remedy: 'Es ist nichts zu tun.',
  },
} as const satisfies Record<keyof typeof english, IssueText>
