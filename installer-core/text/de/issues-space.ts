import type { spaceIssues as english } from '../en/issues-space.ts'
import type { IssueText } from '../locale.ts'

/** Befunde zum Platz: Start-Volumes, Lücken und Volumes, die etwas abgeben könnten. */
export const spaceIssues = {
  'space-none': {
    title: 'Für das neue System ist kein Platz',
    message:
      'Es braucht {required|bytes}. Der größte nutzbare Ort hat {found|bytes}. Die anderen Befunde sagen zu jedem Ort, warum er nicht in Frage kommt; einen davon zu beheben genügt.',
    remedy:
      'Der sicherste Weg: Öffnen Sie in Windows die „Datenträgerverwaltung“, wählen Sie „Volume verkleinern“ für Laufwerk C: und lassen Sie den neuen Platz unzugeordnet. Wo es kein Windows gibt: Starten Sie ein Linux von einem USB-Stick, verkleinern Sie dort eine Partition (zum Beispiel mit GParted) und lassen Sie den neuen Platz unzugeordnet. Berth wird ihn verwenden.',
  },
  'boot-space-below-need': {
    title: 'Der gewählte Platz für die Startdateien ist zu klein für dieses System',
    message:
      'Benötigt: {required|bytes}, für zwei Versionen des Systems und eine Reserve. Gewählt: {found|bytes}.',
    remedy: 'Wählen Sie mindestens so viel wie nötig, oder überlassen Sie die Wahl Berth.',
  },
  'boot-space-raised': {
    title: 'Die Startpartition wird größer als gewählt',
    message:
      'Dieses Laufwerk hat Sektoren von {sectorSize} Byte; damit kann das Dateisystem FAT32 nicht kleiner sein. Gewählt: {found|bytes}. Geplant: {required|bytes}.',
    remedy: 'Es ist nichts zu tun, wenn Ihnen das recht ist.',
  },
  'boot-space-reduced': {
    title: 'Die Startpartition wird kleiner als üblich',
    message:
      'Gewünscht: {required|bytes}. Platz ist für {found|bytes}; das reicht für zwei Versionen des Systems.',
    remedy:
      'Es ist nichts zu tun, wenn Ihnen das recht ist. Möchten Sie mehr, schaffen Sie zuerst mehr Platz.',
  },
  'boot-space-unavailable': {
    title: 'So viel Platz für die Startdateien gibt es nicht',
    message: 'Verlangt: {required|bytes}. Der größte nutzbare Ort hat {found|bytes}.',
    remedy:
      'Verlangen Sie weniger, wählen Sie ein anderes Laufwerk, oder schaffen Sie Platz: in Windows mit „Datenträgerverwaltung“ und „Volume verkleinern“.',
  },
  'data-space-below-minimum': {
    title: 'Der gewählte Platz für Ihre Daten ist zu klein für dieses System',
    message: 'Benötigt: {required|bytes}. Gewählt: {found|bytes}.',
    remedy: 'Wählen Sie mindestens so viel wie nötig.',
  },
  'data-space-reduced': {
    title: 'Die Datenpartition wird kleiner als empfohlen',
    message: 'Empfohlen: {required|bytes}. Platz ist für {found|bytes}.',
    remedy:
      'Es ist nichts zu tun, wenn Ihnen das recht ist. Möchten Sie mehr, schaffen Sie zuerst mehr Platz.',
  },
  'gap-too-small': {
    title: 'Eine freie Lücke ist zu klein',
    message: 'Benötigt: {required|bytes}. Diese Lücke hat {found|bytes}.',
    remedy: 'Vergrößern Sie sie, oder wählen Sie einen anderen Ort.',
  },
  'esp-missing': {
    title: 'Dieses Laufwerk hat keine EFI-Systempartition',
    message:
      'In der EFI-Systempartition (ESP) sucht die Firmware nach Systemen, die sie starten kann. {disk} hat keine, also wird die neue Startpartition eine.',
    remedy: 'Es ist nichts zu tun.',
  },
  'esp-unknown': {
    title: 'Es gibt keine EFI-Systempartition, die sich verwenden lässt',
    message: 'Auf den eingebauten Laufwerken, die verwendet werden dürfen, wurde keine gefunden.',
    remedy: 'Wählen Sie einen anderen Ort für die Startdateien.',
  },
  'esp-several': {
    title: 'Es gibt mehrere EFI-Systempartitionen',
    message:
      '{disk} hat {count} davon. Berth verwendet {partition}[; das vorhandene System startet von {present}].',
    remedy: 'Möchten Sie eine andere verwenden, wählen Sie diese als Ort für die Startdateien.',
  },
  'esp-too-small': {
    title: 'Die EFI-Systempartition hat zu wenig Platz',
    message:
      'Benötigt: {required|bytes}, für zwei Versionen des Systems und eine Reserve für Firmware-Updates. Frei auf {volume}: {found|bytes}. Berth formatiert, vergrößert und verschiebt diese Partition nie.',
    remedy:
      'Meist ist nichts zu tun: Berth legt daneben eine eigene Startpartition an. Nur wenn auch dafür kein Platz ist, schaffen Sie welchen, wie die anderen Befunde es sagen.',
  },
  'esp-fat16': {
    title: 'Die EFI-Systempartition hat ein altes Dateisystem',
    message: 'Es ist {found} statt {required}. Auf den meisten PCs geht das. Berth formatiert sie nie neu.',
    remedy:
      'Startet die Probe nicht, entfernen Sie das System wieder und wählen Sie eine eigene Startpartition.',
  },
  'esp-not-fat': {
    title: 'Die Firmware kann die EFI-Systempartition nicht lesen',
    message: '{volume} enthält {found}. Firmware liest nur FAT.',
    remedy: 'Wählen Sie einen anderen Ort für die Startdateien.',
  },
  'esp-dirty': {
    title: 'Die EFI-Systempartition wurde nicht ordentlich geschlossen',
    message: '{volume} ist zur Prüfung vorgemerkt.',
    remedy:
      'In Windows, als Administrator: „mountvol S: /s“, dann „chkdsk S: /f“. Unter Linux: „fsck.vfat -a“ für diese Partition. Kommen Sie dann wieder, oder wählen Sie eine eigene Startpartition.',
  },
  'esp-unreadable': {
    title: 'Die Dateien auf einem Start-Volume ließen sich nicht auflisten',
    message: 'Was auf {volume} liegt, ist nicht vollständig bekannt; deshalb wird dort nichts geschrieben.',
    remedy: 'Starten Sie Berth als Administrator oder root, oder wählen Sie eine eigene Startpartition.',
  },
  'esp-mirrored': {
    title: 'Die EFI-Systempartition ist Teil eines Spiegels',
    message:
      '{volume} ist eines von mehreren Laufwerken, die gleich gehalten werden. Eine Änderung an nur einem davon würde den Spiegel zerstören.',
    remedy: 'Wählen Sie einen anderen Ort für die Startdateien.',
  },
  'xbootldr-missing': {
    title: 'Es gibt keine erweiterte Startpartition',
    message: 'Es wurde keine Partition der Art XBOOTLDR (eine erweiterte Startpartition) gefunden.',
    remedy: 'Überlassen Sie die Wahl Berth: Es legt eine an, wenn eine gebraucht wird.',
  },
  'xbootldr-too-small': {
    title: 'Die erweiterte Startpartition hat zu wenig Platz',
    message: 'Benötigt: {required|bytes}. Frei auf {volume}: {found|bytes}.',
    remedy:
      'Löschen Sie in dem System, dem sie gehören, Kernel, die Sie nicht mehr brauchen, oder wählen Sie einen anderen Ort.',
  },
  'xbootldr-not-fat': {
    title: 'Die Firmware kann die erweiterte Startpartition nicht lesen',
    message:
      '{volume} enthält {found}. Firmware liest nur FAT, also nutzt das vorhandene System sie auf andere Weise. Berth lässt sie in Ruhe.',
    remedy: 'Wählen Sie einen anderen Ort für die Startdateien.',
  },
  'boot-partition-as-esp': {
    title: 'Die Startpartition wird eine zweite EFI-Systempartition',
    message:
      '{disk} hat schon eine erweiterte Startpartition (XBOOTLDR) eines anderen Systems, und auf einem Laufwerk sollte es nur eine geben.',
    remedy: 'Es ist nichts zu tun.',
  },
  'boot-file-in-the-way': {
    title: 'Eine fremde Datei ist im Weg',
    message: '{file} ist schon auf {volume}. Berth überschreibt nie, was es nicht selbst angelegt hat.',
    remedy:
      'Verschieben Sie diese Datei, wenn Sie wissen, was sie ist, oder wählen Sie eine eigene Startpartition.',
  },
  'release-file-too-large': {
    title: 'Eine Datei des Systems ist zu groß für dieses Dateisystem',
    message: '{file} hat {found|bytes}. {volume} nimmt höchstens {required|bytes} in einer Datei auf.',
    remedy: 'Nehmen Sie ein anderes System oder einen anderen Ort für die Startdateien.',
  },
  'volume-not-shrinkable': {
    title: '{volume} lässt sich nicht verkleinern',
    message:
      'Es enthält {fileSystem} oder wird vom Hersteller des PCs gebraucht; deshalb lässt Berth es in Ruhe.',
    remedy: 'Wählen Sie einen anderen Ort für die Startdateien.',
  },
  'volume-shrink-limit': {
    title: '{volume} kann nicht genug Platz abgeben',
    message: 'Benötigt: {required|bytes}. Es kann {found|bytes} abgeben.',
    remedy:
      'Löschen oder verschieben Sie dort Dateien, nehmen Sie weniger, oder wählen Sie ein anderes Laufwerk.',
  },
  'volume-shrink-limit-unknown': {
    title: 'Wie viel Platz {volume} abgeben kann, ist nicht bekannt',
    message: 'Weder seine Grenze noch sein freier Platz ließen sich lesen.',
    remedy:
      'Schaffen Sie Platz in dem System, dem es gehört: in Windows mit „Datenträgerverwaltung“ und „Volume verkleinern“.',
  },
  'volume-hibernated': {
    title: 'Auf {volume} ruht ein schlafendes System',
    message:
      'Windows wurde nicht ganz heruntergefahren: Der Ruhezustand oder der Schnellstart bewahrt dort seinen Arbeitsspeicher auf. Das Volume jetzt zu ändern würde offene Arbeit zerstören.',
    remedy:
      'Starten Sie Windows und wählen Sie „Neu starten“, nicht „Herunterfahren“. Damit es nicht wieder vorkommt, führen Sie als Administrator „powercfg /h off“ aus.',
  },
  'volume-dirty': {
    title: '{volume} muss zuerst geprüft werden',
    message: 'Sein Dateisystem ({fileSystem}) ist zur Prüfung durch sein eigenes System vorgemerkt.',
    remedy:
      'In Windows, als Administrator: „chkdsk /f“ für dieses Volume, dann neu starten. Unter Linux: „fsck“, während es nicht benutzt wird.',
  },
  'volume-in-use': {
    title: '{volume} lässt sich gerade nicht verkleinern',
    message:
      'Sein Dateisystem ({fileSystem}) lässt es in seinem jetzigen Zustand nicht zu[ (benutzt von {usedBy})]. Benötigt: {required|bytes}.[ Es könnte {found|bytes} abgeben.][ Auch dann würden {missing|bytes} fehlen.]',
    remedy:
      'Beenden Sie unter Linux seine Benutzung („umount“, als root) und kommen Sie wieder; bei btrfs ist es umgekehrt, es muss eingehängt sein. Oder schaffen Sie Platz in dem System, dem es gehört, oder wählen Sie einen anderen Ort.',
  },
  'stage-no-space': {
    title: '{volume} ist zu voll für den Neustart, der Platz schafft',
    message:
      'Berth legt dort ein kleines System ab, das das andere Volume verkleinert, mit Platz für das, was dabei bewegt wird: zusammen {required|bytes}. Frei sind {found|bytes}.',
    remedy:
      'Wünschen Sie sich weniger Platz: Dann wird weniger bewegt, und es wird dort weniger gebraucht. Oder schaffen Sie Platz auf {volume}: Was das jetzige System dort zum Starten älterer Versionen seiner selbst aufhebt, kann oft weg, mit dessen eigenen Werkzeugen.',
  },
  'volume-needed-at-start': {
    title: 'Dieses Linux braucht {volume}, um zu starten',
    message:
      'Wer die Größe eines NTFS-Volumes außerhalb von Windows ändert, hinterlässt es zur Prüfung durch Windows vorgemerkt. Bis zu dieser Prüfung kann Linux das Einhängen verweigern, und in /etc/fstab steht, dass dieses Linux ohne das Volume nicht startet.',
    remedy:
      'Ergänzen Sie als root in /etc/fstab bei {volume} die Option „nofail“ und kommen Sie wieder: Dann startet Linux so lange ohne es, wie es muss. Oder verkleinern Sie {volume} in Windows mit der Datenträgerverwaltung.',
  },
  'volume-holds-root': {
    title: 'Auf {volume} liegt das laufende System',
    message:
      'Benötigt: {required|bytes}.[ Es könnte {found|bytes} abgeben.] Aber ein Dateisystem der Art {fileSystem} wird nur kleiner, während niemand es benutzt, und das System, das gerade läuft, benutzt es: Dafür braucht es einen eigenen Start.[ Auch dann würden {missing|bytes} fehlen: Löschen oder verschieben Sie vorher Dateien.]',
    remedy:
      'Bewahren Sie eine Kopie Ihrer Dateien anderswo auf. Berth kann sie mit einem Neustart um mindestens {required|bytes} verkleinern („berth make-room {where}“), was vorher gezeigt wird und sich zurücknehmen lässt. Oder starten Sie ein Linux von einem USB-Stick, verkleinern Sie dort diese Partition (zum Beispiel mit GParted) und lassen Sie den neuen Platz unzugeordnet. Kommen Sie danach zurück: Berth wird den Platz verwenden.',
  },
  'volume-managed': {
    title: '{volume} gehört zu {manager}',
    message:
      'Benötigt: {required|bytes}. Diese Partition hat {found|bytes}, und über ihre Verwendung entscheidet allein {manager}. Berth ändert nichts darunter.',
    remedy:
      'Verkleinern Sie mit den Werkzeugen von {manager} zuerst, was darin liegt, und dann diese Partition um mindestens {required|bytes}, und lassen Sie den neuen Platz unzugeordnet: Berth wird ihn verwenden. Oder wählen Sie ein anderes Laufwerk.',
  },
  'volume-tight-after': {
    title: '{volume} wird fast voll sein',
    message: 'Danach bleiben dort {found|bytes} frei; angenehm wären {required|bytes} oder mehr.',
    remedy: 'Nehmen Sie weniger Platz, oder löschen Sie vorher Dateien.',
  },
  'bitlocker-shrink': {
    title: '{volume} ist mit BitLocker verschlüsselt',
    message: 'Ein verschlüsseltes Volume kann nur Windows selbst verkleinern. Berth rührt es nicht an.',
    remedy:
      'Öffnen Sie in Windows die „Datenträgerverwaltung“, wählen Sie dafür „Volume verkleinern“ und lassen Sie den neuen Platz unzugeordnet. Kommen Sie dann wieder: Berth wird ihn verwenden.',
  },
} as const satisfies Record<keyof typeof english, IssueText>
