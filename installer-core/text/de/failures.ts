import type { FailureCode } from '../../base/failure-code.ts'
import type { FailureText } from '../locale.ts'

/** Was misslang und was hilft, zu jedem Fehler. In eckigen Klammern steht, was nur mit seinen Angaben gesagt wird. */
export const failures = {
  malformed: {
    message:
      'Daten entsprechen nicht ihrem Format ({format}): {field} bei Byte {offset} ist {found}, nötig ist {required}.',
    remedy:
      'Deswegen wurde nichts geändert. Haben Sie diese Datei selbst erstellt, berichtigen Sie sie dort; sonst erstellen Sie einen Bericht und senden Sie ihn uns.',
  },
  'io-failed': {
    message: 'Lesen oder Schreiben ist misslungen[: {what}][ ({where})][. Das System meldet: {error}].',
    remedy:
      'Das Laufwerk, sein Kabel oder der Kartenleser könnte defekt sein. Sichern Sie zuerst Ihre Dateien und prüfen Sie dann das Laufwerk, bevor Sie es noch einmal versuchen.',
  },
  'no-space': {
    message:
      'Der Platz reicht nicht[ für {what}][ (Ort: {where})][: {required|bytes} werden benötigt, {found|bytes} sind frei].',
    remedy: 'Schaffen Sie dort Platz oder wählen Sie einen anderen Ort für das neue System.',
  },
  'read-only': {
    message: 'Das lässt sich nur lesen, nicht ändern[: {what}][ ({where})].',
    remedy:
      'Wählen Sie ein anderes Laufwerk, oder heben Sie den Schreibschutz auf und beginnen Sie von vorn.',
  },
  'not-found': {
    message: 'Etwas, das gebraucht wird, ist nicht da[: {what}][ ({where})].',
    remedy:
      'Prüfen Sie den Namen. War es eben noch da, sehen Sie sich den PC noch einmal an („berth probe“).',
  },
  'already-exists': {
    message: 'Der Ort ist schon belegt[: {what}][ ({where})].',
    remedy:
      'Berth überschreibt nie, was es nicht selbst angelegt hat. Räumen Sie es selbst weg oder wählen Sie einen anderen Ort.',
  },
  'short-write': {
    message: 'Es kam nur ein Teil an[: {found} von {required} Byte][ ({where})].',
    remedy:
      'Das Laufwerk ist vielleicht voll oder defekt. Was begonnen wurde, wird zurückgenommen; prüfen Sie das Laufwerk, bevor Sie es noch einmal versuchen.',
  },
  'read-back-differs': {
    message:
      'Was geschrieben wurde, kommt beim Lesen anders zurück[: {what}][ ({where})][. Erwartet: {required}, gefunden: {found}].',
    remedy:
      'Vertrauen Sie diesem Laufwerk oder dieser Firmware erst nach einer Prüfung. Was begonnen wurde, wird zurückgenommen.',
  },
  'interrupted-call': {
    message: 'Das System hat eine Anfrage immer wieder unterbrochen[: {what}].',
    remedy:
      'Schließen Sie andere Programme, die die Laufwerke oder die Firmware benutzen, und versuchen Sie es noch einmal.',
  },
  'not-permitted': {
    message: 'Das System erlaubt Berth das nicht[: {what}].',
    remedy: 'Starten Sie Berth noch einmal als Administrator (Windows) oder als root (Linux).',
  },
  'administrator-needed': {
    message:
      'Um Datenträger und Firmware genau dieses PCs anzusehen, braucht Berth die Rechte des Administrators.',
    remedy: 'Starten Sie Berth als root, zum Beispiel mit „sudo berth …“. Nichts wurde geändert.',
  },
  'too-large': {
    message:
      'Etwas ist größer, als es sein darf[: {what}][ ({where})][, {found|bytes}, höchstens {required|bytes}].',
    remedy:
      'Nehmen Sie ein kleineres. Gehört es zu einem System, das Sie bekommen haben, muss dieses neu erstellt werden.',
  },
  'out-of-range': {
    message:
      'Ein Wert liegt außerhalb des Möglichen[: {what}][ ({where})][, gefunden: {found}][, möglich: {required}].',
    remedy:
      'Haben Sie diesen Wert angegeben, geben Sie einen anderen an. Sonst erstellen Sie einen Bericht und senden Sie ihn uns.',
  },
  busy: {
    message: 'Es wird gerade von jemand anderem benutzt[: {what}].',
    remedy: 'Schließen Sie die Programme, die es benutzen, und versuchen Sie es noch einmal.',
  },
  unsupported: {
    message: 'Das kann Berth hier nicht[: {what}].',
    remedy: 'Wählen Sie einen anderen Weg; der Plan („berth plan“) nennt die Möglichkeiten.',
  },
  'tool-missing': {
    message: 'Ein Programm, das gebraucht wird, ist nicht installiert: {tool}.',
    remedy:
      'Installieren Sie es[ mit dem Paket {package}] und beginnen Sie von vorn. Es wurde nichts geändert.',
  },
  'tool-failed': {
    message:
      'Ein Programm, das Berth benutzt, hat einen Fehler gemeldet: {tool}[, Rückgabewert {exitCode}][, Signal {signal}].',
    remedy: 'Seine letzten Zeilen stehen im Bericht. Was begonnen wurde, wird zurückgenommen.',
  },
  cancelled: {
    message: 'Angehalten, weil Sie es wollten.',
    remedy:
      'Was begonnen wurde, wird zurückgenommen. Wurde auch das unterbrochen, lässt es sich später beenden („berth recover“).',
  },
  'unknown-disk': {
    message: 'Es gibt kein Laufwerk mit dieser Kennung: {what}.',
    remedy: 'Sehen Sie sich die Laufwerke an („berth probe“) und nehmen Sie die Kennung, die dort steht.',
  },
  'unknown-partition': {
    message: 'Es gibt keine Partition mit dieser Kennung: {what}.',
    remedy: 'Sehen Sie sich die Partitionen an („berth probe“) und nehmen Sie die Kennung, die dort steht.',
  },
  'identity-changed': {
    message:
      'Das ist nicht mehr, was es beim Erstellen des Plans war: {what}[. Erwartet: {required}, gefunden: {found}].',
    remedy:
      'Auf dem PC hat sich inzwischen etwas geändert. Erstellen Sie einen neuen Plan und lesen Sie ihn, bevor Sie weitermachen.',
  },
  'table-changed': {
    message: 'Die Partitionstabelle wurde inzwischen von jemand anderem geändert[: {what}].',
    remedy: 'Schließen Sie andere Partitionierungsprogramme und erstellen Sie dann einen neuen Plan.',
  },
  'firmware-access-denied': {
    message: 'Die Firmware lässt ihre Variablen nicht ändern[: {what}].',
    remedy:
      'Sehen Sie im Firmware-Setup nach, ob die Startoptionen gesperrt sind oder ein Supervisor-Kennwort gesetzt ist, und starten Sie Berth als Administrator oder root.',
  },
  'firmware-write-pending': {
    message:
      'Die Firmware wurde bei einem eigenen Schreibvorgang unterbrochen, den sie beim nächsten Start des PCs beendet.',
    remedy: 'Starten Sie den PC einmal und kommen Sie dann wieder. In die Firmware wurde nichts geschrieben.',
  },
  'firmware-store-full': {
    message:
      'Die Firmware hat keinen Platz mehr für einen weiteren Starteintrag[: {required|bytes} werden benötigt, {found|bytes} sind frei].',
    remedy:
      'Unter Linux dürfen alte Absturzberichte (Namen, die mit dump-type0- beginnen) gelöscht werden. Oft hilft auch ein Firmware-Update oder das Zurücksetzen auf ihre Standardeinstellungen.',
  },
  'firmware-variable-lost': {
    message: 'Die Firmware hat eine Einstellung angenommen und dann verloren: {what}.',
    remedy:
      'Was begonnen wurde, wird zurückgenommen. Vielleicht hilft ein Firmware-Update; sonst wählen Sie das neue System im Startmenü der Firmware.',
  },
  'firmware-order-reverted': {
    message:
      'Die Firmware hat ihre Startreihenfolge zurückgestellt: {what}[ sollte {required} sein, ist aber {found}].',
    remedy:
      'Das vorhandene System startet weiter zuerst. Wählen Sie das andere für den nächsten Start („berth switch“), oder stellen Sie die Reihenfolge im Firmware-Setup ein.',
  },
  'volume-dirty': {
    message: 'Dieses Volume muss zuerst von seinem eigenen System geprüft werden[: {what}].',
    remedy:
      'Öffnen Sie in Windows ein Terminal als Administrator, führen Sie dort „chkdsk /f“ für das Volume aus, starten Sie neu und versuchen Sie es noch einmal.',
  },
  'volume-hibernated': {
    message:
      'Auf diesem Volume ruht ein schlafendes System[: {what}]. Jetzt etwas daran zu ändern würde dessen offene Arbeit zerstören.',
    remedy:
      'Starten Sie dieses Windows und wählen Sie „Neu starten“, nicht „Herunterfahren“. Damit es nicht wieder vorkommt: „powercfg /h off“.',
  },
  'volume-locked': {
    message: 'Dieses Volume ist verschlüsselt und gesperrt[: {what}].',
    remedy:
      'Entsperren Sie es in seinem eigenen System oder wählen Sie einen anderen Ort für das neue System.',
  },
  'volume-shrink-limit': {
    message:
      'So klein lässt sich dieses Volume nicht machen[: {what}][. Verlangt waren {required|bytes}, seine Grenze ist {found|bytes}].',
    remedy: 'Löschen oder verschieben Sie Dateien, oder nehmen Sie weniger Platz von ihm.',
  },
  'release-not-found': {
    message: 'Dieses System ist nicht da, oder eine seiner Dateien fehlt[: {what}].',
    remedy: 'Prüfen Sie den Namen des Ordners, oder laden Sie das System noch einmal herunter.',
  },
  'release-unsigned': {
    message: 'Dieses System trägt keine Signatur[: {what}], also bürgt niemand dafür.',
    remedy: 'Nehmen Sie eines, das signiert ist. Es wurde nichts geändert.',
  },
  'release-altered': {
    message: 'Dieses System ist nicht das, was signiert wurde[: {what}].',
    remedy: 'Laden Sie es noch einmal herunter. Hilft das nicht, verwenden Sie es nicht.',
  },
  'release-incomplete': {
    message: 'Dieses System ist unvollständig[: {what}][, {found|bytes} von {required|bytes}].',
    remedy: 'Laden Sie es noch einmal herunter.',
  },
  'release-older': {
    message: 'Dieses System ist älter als das installierte[: {found} ist da, {required} wurde angegeben].',
    remedy:
      'Nehmen Sie das neuere. Wollen Sie wirklich zurück, entfernen Sie zuerst das installierte („berth undo“).',
  },
  'release-key-unknown': {
    message: 'Dieses System wurde mit einem Schlüssel signiert, den Berth nicht kennt[: {what}].',
    remedy: 'Nehmen Sie ein System aus einer Quelle, die Sie kennen, oder eine neuere Version von Berth.',
  },
  'catalogue-not-found': {
    message: 'Es gibt hier keinen Katalog der Versionen[: {where}].',
    remedy:
      'Prüfen Sie den Ordner oder die Adresse. Dort müssen timestamp.json und catalogue.json liegen („berth catalogue make“ schreibt sie).',
  },
  'catalogue-key-unknown': {
    message: 'Dieser Katalog stammt von jemandem, dessen Schlüssel Berth nicht kennt[: {where}][ ({what})].',
    remedy:
      'Verwenden Sie einen Katalog aus einer Quelle, die Sie kennen, oder eine neuere Version von Berth.',
  },
  'catalogue-altered': {
    message:
      'Der Katalog ist nicht das, was unterschrieben wurde: {what}[ ({where})][. Nötig ist {required}, gefunden wurde {found}].',
    remedy:
      'Versuchen Sie es in einigen Minuten noch einmal, vielleicht ändert er sich gerade. Hilft das nicht, verwenden Sie eine andere Quelle; aus dieser wurde nichts verwendet.',
  },
  'catalogue-expired': {
    message: 'Der Katalog ist zu alt, um ihm zu vertrauen: {what} galt bis {required}[, und es ist {found}].',
    remedy:
      'Holen Sie den neuesten („berth catalogue fetch“). Haben Sie das eben getan: Prüfen Sie das Datum dieses Computers, oder sagen Sie es denen, die den Katalog pflegen.',
  },
  'catalogue-rolled-back': {
    message:
      'Dieser Katalog ist älter als einer, der schon da war: {what} hat die Nummer {found}, bekannt ist {required}[ ({where})].',
    remedy:
      'Vielleicht bietet jemand alte Versionen mit bekannten Fehlern an, oder die Quelle ist im Rückstand. Verwenden Sie eine andere Quelle; aus dieser wurde nichts verwendet.',
  },
  'source-refused': {
    message: 'Berth nimmt nichts aus dieser Quelle: {what}[. Möglich ist: {required}].',
    remedy: 'Verwenden Sie eine Adresse, die mit https:// beginnt, oder einen Ordner.',
  },
  'source-unreachable': {
    message: 'Eine Quelle ist nicht erreichbar[: {what}][ ({error})].',
    remedy:
      'Prüfen Sie die Verbindung zum Netz und versuchen Sie es noch einmal. Was schon geholt wurde, bleibt und wird nicht noch einmal geholt.',
  },
  'source-redirects': {
    message: 'Eine Quelle schickt Berth anderswohin[: {what}][. Sie zeigt auf {found}].',
    remedy:
      'Verwenden Sie die Adresse, unter der die Dateien wirklich liegen. Vom anderen Ort wurde nichts geholt.',
  },
  'source-endless': {
    message: 'Eine Quelle sendet mehr, als es sein darf[: {what}][, mehr als {required|bytes}].',
    remedy: 'Sie wurde angehalten und nichts davon behalten. Verwenden Sie eine andere Quelle.',
  },
  'source-cut-short': {
    message: 'Eine Quelle hörte vor dem Ende auf[: {what}][, {found|bytes} von {required|bytes}].',
    remedy: 'Versuchen Sie es noch einmal: Was schon geholt wurde, bleibt und wird nicht noch einmal geholt.',
  },
  blocked: {
    message: 'Etwas steht im Weg[: {issues}].',
    remedy: 'Die Prüfung („berth check“) zeigt, was es ist und was hilft. Es wurde nichts geändert.',
  },
  'demo-failed': {
    message:
      'Die Vorführung hat nicht gezeigt, was sie sollte[: nötig war {required}, gefunden wurde {found}].[ {what}]',
    remedy:
      'Führen Sie sie noch einmal mit --keep aus, um anzusehen, was sie hinterlässt, und melden Sie es.',
  },
  'fingerprint-differs': {
    message:
      'Der PC, die Auswahl oder das gewählte System haben sich geändert, seit der Plan bestätigt wurde.[ Bestätigt war {required}, jetzt ist es {found}.][ Was sich geändert hat: {difference}.]',
    remedy: 'Lesen Sie den neuen Plan und bestätigen Sie diesen. Es wurde nichts geändert.',
  },
  'run-open': {
    message: 'Ein früherer Vorgang wurde nicht beendet[: {what}].',
    remedy: 'Beenden Sie ihn zuerst, oder nehmen Sie ihn zurück („berth recover“).',
  },
  'run-locked': {
    message: 'Berth arbeitet schon an diesem PC[: {what}].',
    remedy: 'Warten Sie, bis der andere Vorgang beendet ist.',
  },
  'no-run': {
    message: 'Es gibt keinen Vorgang, der sich zeigen oder fortsetzen ließe.',
    remedy: 'Beginnen Sie einen: zuerst der Plan („berth plan“), dann die Installation („berth install“).',
  },
  'journal-damaged': {
    message: 'Berths Aufzeichnung eines Vorgangs ist beschädigt[: {what}].',
    remedy:
      'Was angelegt wurde, ist auch neben dem neuen System verzeichnet. Beim Entfernen („berth undo“) wird es dort gelesen.',
  },
  'nothing-installed': {
    message: 'Berth hat auf diesem PC nichts installiert.',
    remedy: 'Es ist nichts zu tun.',
  },
  'not-ours': {
    message: 'Das stammt nicht von Berth und wurde deshalb so gelassen, wie es ist[: {what}].',
    remedy: 'Sehen Sie selbst nach; Berth ändert nur, was es angelegt hat.',
  },
  'trial-unconfirmed': {
    message: 'Das neue System hat noch nicht gemeldet, dass es gestartet ist.',
    remedy:
      'Starten Sie es einmal: Wählen Sie es für den nächsten Start („berth switch berth“) und starten Sie neu. Kommen Sie danach wieder und behalten Sie es dann.',
  },
  'connection-lost': {
    message: 'Das Fenster hat die Verbindung zu dem Teil von Berth verloren, der die Arbeit macht[: {what}].',
    remedy:
      'Was im Gange war, läuft weiter oder lässt sich wieder aufnehmen. Das Fenster verbindet sich von selbst neu; gelingt das nicht, starten Sie Berth noch einmal.',
  },
  'engine-fault': {
    message:
      'In Berth selbst ist ein Fehler aufgetreten[ ({what})]. Wegen dieser Anfrage wurde nichts weiter geändert.',
    remedy:
      'Erstellen Sie einen Bericht und senden Sie ihn uns. Sehen Sie sich den PC noch einmal an, bevor Sie weitermachen.',
  },
  'this-pc-later': {
    message: 'Die Arbeit an genau diesem PC kommt in einer späteren Version.',
    remedy: 'Nehmen Sie einen Übungs-PC (--pc DIR) oder einen aufgezeichneten PC (--machine FILE).',
  },
  'elevation-needed': {
    message:
      'Ganz ansehen und verändern kann Berth diesen PC nur mit vollen Rechten, und danach wurde noch nicht gefragt.',
    remedy:
      'Geben Sie Berth volle Rechte: „Mit vollen Rechten ansehen“ auf der Seite dieses PCs, oder starten Sie den Befehl noch einmal und beantworten Sie die Frage nach Ihrem Passwort.',
  },
  'elevation-denied': {
    message: 'Die Frage nach vollen Rechten wurde mit Nein beantwortet[: {what}]. Es wurde nichts verändert.',
    remedy:
      'Versuchen Sie es noch einmal mit dem Passwort einer Person, die diesen PC verwaltet. Wenn Sie das nicht selbst sind, bitten Sie diese Person.',
  },
  'elevation-timed-out': {
    message:
      'Niemand hat die Frage nach vollen Rechten beantwortet[, {required} Sekunden lang]. Es wurde nichts verändert.',
    remedy:
      'Versuchen Sie es noch einmal und suchen Sie das Fenster, das nach Ihrem Passwort fragt; es kann hinter diesem oder auf einem anderen Bildschirm liegen.',
  },
  'elevation-no-agent': {
    message:
      'Hier läuft kein Programm, das nach Ihrem Passwort fragen könnte[ ({what})]; darum gab es keine vollen Rechte.',
    remedy:
      'Starten Sie Berth auf der Oberfläche, an der Sie angemeldet sind, oder im Terminal als root: „sudo berth“ und der Befehl.',
  },
  'elevation-unavailable': {
    message:
      'Dieses System hat keinen Weg, einem Programm volle Rechte zu geben: pkexec, run0 und sudo fehlen alle.',
    remedy:
      'Installieren Sie das Paket polkitd (pkexec; auf älteren Systemen policykit-1), oder starten Sie Berth im Terminal als root.',
  },
  'helper-altered': {
    message:
      'Der Teil von Berth, der volle Rechte braucht, kam nicht so an, wie er abgeschickt wurde[ ({what})]; darum wurde er nicht gestartet.',
    remedy:
      'Es wurde nichts verändert. Vielleicht ist zu wenig Speicher dafür frei (etwa 150 MiB). Sonst laden Sie Berth neu und versuchen es noch einmal.',
  },
  'helper-lost': {
    message: 'Der Teil von Berth, der volle Rechte hat, ist zu Ende gegangen[ ({what})].',
    remedy:
      'Geben Sie Berth noch einmal volle Rechte. Wenn gerade etwas im Gange war, bietet Berth dann an, es zu Ende zu bringen oder zurückzunehmen.',
  },
  usage: {
    message: 'Das wurde nicht verstanden[: {what}][. Möglich ist: {required}].',
    remedy: 'Mit --help sehen Sie, was möglich ist.',
  },
} as const satisfies Readonly<Record<FailureCode, FailureText>>
