import type { FailureCode } from '../../base/failure-code.ts'
import type { FailureText } from '../locale.ts'

/** Was mit Versionen, ihrem Katalog und deren Quellen misslingt. */
export const failuresRelease = {
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
} satisfies Partial<Record<FailureCode, FailureText>>
