import type { runSentences as english } from '../en/sentences-run.ts'

/** Was gesagt wird, während ein Vorgang läuft und wenn er beendet ist. */
export const runSentences = {
  'step.shrink-volume.doing': 'Ein Volume wird verkleinert',
  'step.create-partition.doing': 'Eine Partition wird angelegt',
  'step.format-volume.doing': 'Ein leeres Dateisystem wird darin angelegt',
  'step.write-credentials.doing': 'Schreiben, was der erste Start wissen soll',
  'step.remove-credentials.doing': 'Entfernen, was der erste Start wissen sollte',
  'step.write-files.doing': 'Die Dateien des Systems werden geschrieben',
  'step.create-boot-entry.doing': 'Ein Starteintrag wird angelegt',
  'step.arm-trial.doing': 'Das neue System wird nur für den nächsten Start gewählt',
  'step.confirm-trial.doing': 'Das neue System kommt in die Startreihenfolge',
  'step.set-boot-next.doing': 'Das System wird nur für den nächsten Start gewählt',
  'step.clear-boot-next.doing': 'Die Wahl für den nächsten Start wird zurückgenommen',
  'step.restore-files.doing': 'Die Dateien des Systems werden neu geschrieben',
  'step.replace-boot-entry.doing': 'Der Starteintrag wird berichtigt',
  'step.set-boot-order.doing': 'Die Startreihenfolge wird berichtigt',
  'step.disarm-trial.doing': 'Die Probe wird beendet',
  'step.restore-boot-order.doing': 'Die Startreihenfolge wird wiederhergestellt',
  'step.remove-boot-entry.doing': 'Der Starteintrag wird entfernt',
  'step.remove-files.doing': 'Die Dateien des Systems werden entfernt',
  'step.remove-partition.doing': 'Die Partition wird entfernt',
  'step.grow-volume.doing': 'Das Volume bekommt seine frühere Größe zurück',
  'step.return-room.doing': 'Das Volume bekommt seinen Platz zurück',
  'step.write-stage.doing': 'Das kleine System, das Platz schafft, kommt auf das Startvolume',
  'step.arm-stage.doing': 'Es wird für den nächsten Start gewählt, nur für diesen',
  'step.clear-stage.doing': 'Was vorbereitet wurde, wird entfernt',
  'step.state.verified': 'erledigt und geprüft',
  'step.state.failed': 'nicht geglückt',
  'step.state.undone': 'zurückgenommen',
  'step.state.not-reached': 'nicht erreicht',
  'run.release-check': 'Die Dateien des Systems werden mit dem verglichen, was signiert wurde',
  'run.release-checked': 'Das System ist vollständig und so, wie es signiert wurde.',
  'run.undoing': 'Alles wird zurückgenommen, der letzte Schritt zuerst.',
  'outcome.installed':
    'Installiert. Das neue System startet einmal, beim nächsten Neustart; danach startet wieder das vorhandene, bis Sie das neue behalten.',
  'outcome.installed.next':
    'Als Nächstes: neu starten. Haben Sie das neue System starten sehen, kommen Sie wieder und behalten Sie es („berth confirm“) oder entfernen Sie es („berth undo“).',
  'outcome.rolled-back': 'Es hat nicht geklappt, und alles wurde zurückgenommen. Der PC ist wie vorher.',
  'outcome.rolled-back.recover':
    'Alles, was der unterbrochene Vorgang getan hatte, wurde zurückgenommen. Der PC ist wie vorher.',
  'outcome.installed.recover': 'Der unterbrochene Vorgang wurde beendet.',
  'outcome.interrupted':
    'Unterwegs angehalten. Die Arbeit lässt sich beenden oder ganz zurücknehmen („berth recover“).',
  'outcome.refused': 'Es wurde nichts geändert.',
  'outcome.undone': 'Das System wurde entfernt.',
  'outcome.undone.whole': 'Der PC ist wie vorher.',
  'outcome.confirmed': 'Das neue System wird behalten. Es steht in der Startreihenfolge.',
  'outcome.switched':
    'Nur für den nächsten Start gewählt. Starten Sie neu, wenn Sie so weit sind; danach startet wieder, was von selbst startet.',
  'outcome.switched.back': 'Zurückgenommen. Beim nächsten Start startet, was immer von selbst startet.',
  'outcome.repaired': 'Repariert. Das neue System ist wieder so, wie es angelegt wurde.',
  'outcome.repaired.recover': 'Die unterbrochene Reparatur wurde beendet.',
  'outcome.room-prepared':
    'Vorbereitet. Starten Sie den PC neu, wenn Sie so weit sind: Er schafft den Platz von selbst und kommt zurück. Vorher zurücknehmen: „berth make-room --cancel“.',
  'outcome.room-cleared': 'Was zum Platzschaffen vorbereitet war, wurde entfernt.',
  'outcome.nothing-to-do': 'Es war nichts zu tun.',
  'status.absent': 'Berth hat auf diesem PC nichts installiert.',
  'status.trial':
    '{release} ist installiert und auf Probe[ ({entry|entry})]. Es ist noch nicht gestartet. Von selbst startet das vorhandene System.',
  'status.trial.started':
    '{release} ist installiert und auf Probe[ ({entry|entry})]. Es ist gestartet. Von selbst startet das vorhandene System.',
  'status.installed': '{release} ist installiert und wird behalten[ ({entry|entry})].',
  'status.damaged': '{release} ist installiert, aber etwas fehlt oder ist verändert.',
  'status.choice':
    'Beim nächsten Start, und nur dann, startet {entry|entry}[ („{description}“)]. Zurücknehmen: „berth switch --cancel“.',
  'status.healthy': 'Alles ist so, wie es angelegt wurde.',
  'status.interrupted': 'Der letzte Vorgang ({goal}) wurde unterbrochen.',
  'status.next.absent': 'Als Nächstes: Der Plan zeigt, was eine Installation tun würde („berth plan“).',
  'status.next.trial':
    'Als Nächstes: neu starten, um es auszuprobieren (noch einmal wählen: „berth switch berth“), dann behalten („berth confirm“). Entfernen geht auch („berth undo“).',
  'status.next.trial.started': 'Als Nächstes: behalten („berth confirm“) oder entfernen („berth undo“).',
  'status.next.installed':
    'Sie können es für den nächsten Start wählen („berth switch berth“) oder entfernen („berth undo“).',
  'status.next.damaged': 'Als Nächstes: reparieren („berth repair“) oder entfernen („berth undo“).',
  'status.next.interrupted': 'Als Nächstes: beenden oder zurücknehmen („berth recover“).',
} as const satisfies Record<keyof typeof english, string>
