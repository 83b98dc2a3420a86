import type { FailureCode } from '../../base/failure-code.ts'
import type { FailureText } from '../locale.ts'

/** Was misslingt, wenn volle Rechte nötig sind. */
export const failuresRights = {
  'not-permitted': {
    message: 'Das System erlaubt Berth das nicht[: {what}].',
    remedy: 'Starten Sie Berth noch einmal als Administrator (Windows) oder als root (Linux).',
  },
  'administrator-needed': {
    message:
      'Um Datenträger und Firmware genau dieses PCs anzusehen, braucht Berth die Rechte des Administrators.',
    remedy: 'Starten Sie Berth als root, zum Beispiel mit „sudo berth …“. Nichts wurde geändert.',
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
} satisfies Partial<Record<FailureCode, FailureText>>
