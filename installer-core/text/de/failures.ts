import type { FailureCode } from '../../base/failure-code.ts'
import type { FailureText } from '../locale.ts'
import { failuresRelease } from './failures-release.ts'
import { failuresRights } from './failures-rights.ts'

/** Was misslang und was hilft, zu jedem Fehler. In eckigen Klammern steht, was nur mit seinen Angaben gesagt wird. */
export const failures = {
  ...failuresRelease,
  ...failuresRights,
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
  'restart-held': {
    message: 'Ein Programm hält den Neustart auf[: {who}].',
    remedy:
      'Schließen Sie es, oder lassen Sie es zu Ende arbeiten, und versuchen Sie es noch einmal. Was für den nächsten Start gewählt wurde, bleibt gewählt.',
  },
  'restart-refused': {
    message: 'Dieses System lässt Sie den PC von hier aus nicht neu starten.',
    remedy:
      'Starten Sie ihn neu, wie Sie es immer tun: über das Menü des Systems oder als root. Was für den nächsten Start gewählt wurde, bleibt gewählt.',
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
  'network-changed': {
    message:
      'Ein WLAN, das mitkommen sollte, gibt es nicht mehr, oder es wurde geändert, seit es gewählt wurde.',
    remedy: 'Wählen Sie die WLANs noch einmal. Es wurde nichts geändert.',
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
  usage: {
    message: 'Das wurde nicht verstanden[: {what}][. Möglich ist: {required}].',
    remedy: 'Mit --help sehen Sie, was möglich ist.',
  },
} as const satisfies Readonly<Record<FailureCode, FailureText>>
