import type { planSentences as english } from '../en/sentences-plan.ts'

/** Was ein sorgfältiger Mensch liest, bevor er zustimmt. */
export const planSentences = {
  'plan.title.install': 'Plan: {release} neben das vorhandene System stellen',
  'plan.title.confirm': 'Plan: {release} behalten',
  'plan.title.switch': 'Plan: das System für den nächsten Start wählen',
  'plan.title.repair': 'Plan: {release} reparieren',
  'plan.title.undo': 'Plan: {release} wieder entfernen',
  'plan.title.undo.room': 'Plan: den geschaffenen Platz zurückgeben',
  'plan.section.steps': 'Was getan wird, in dieser Reihenfolge',
  'plan.section.disk': 'Das Laufwerk {disk}',
  'plan.section.lost': 'Wovon Sie danach weniger haben',
  'plan.section.untouched': 'Was bleibt, wie es ist',
  'plan.section.back': 'Der Weg zurück',
  'plan.section.mind': 'Bitte beachten',
  'plan.section.alternatives': 'Andere Wege, die auch gehen',
  'plan.section.effort': 'Aufwand',
  'plan.nothing': 'Es ist nichts zu tun.',
  'plan.step.shrink-volume':
    '{volume} verkleinern, von {from|size} auf {to|size}. Die Dateien darauf bleiben.',
  'plan.step.create-partition.boot':
    'Eine Startpartition von {size|size} anlegen (Art {type}), als Nummer {slot}.',
  'plan.step.create-partition.data': 'Eine leere Datenpartition von {size|size} anlegen, als Nummer {slot}.',
  'plan.step.format-volume': 'Ein leeres FAT32-Dateisystem in der neuen Partition anlegen.',
  'plan.step.write-files':
    '{count|n:Datei/Dateien} von {release} ({size|size}) nach {volume} schreiben, wieder lesen und mit dem vergleichen, was signiert wurde.',
  'plan.step.write-credentials':
    '{count|n:Notiz/Notizen} für den ersten Start auf {volume} schreiben: Sprache, Tastatur und was Sie sonst angegeben haben. Das neue System verbraucht sie und löscht sie.',
  'plan.step.create-boot-entry':
    'Den Starteintrag {entry|entry} namens „{description}“ anlegen, der {path} startet.',
  'plan.step.arm-trial': '{entry|entry} für den nächsten Start wählen, und nur für diesen.',
  'plan.step.arm-trial.listed':
    '{entry|entry} nur für den nächsten Start wählen und ganz ans Ende der Startreihenfolge stellen, wie diese Firmware es verlangt.',
  'plan.step.confirm-trial': 'Die Startreihenfolge von {before} auf {after} ändern.',
  'plan.step.set-boot-next': '{entry|entry} für den nächsten Start wählen, und nur für diesen.',
  'plan.step.clear-boot-next': 'Die Wahl von {entry|entry} für den nächsten Start zurücknehmen.',
  'plan.step.restore-files':
    '{count|n:Datei/Dateien} von {release} ({size|size}) auf {volume} neu schreiben, wieder lesen und mit dem vergleichen, was signiert wurde.',
  'plan.step.restore-files.small': 'Berths eigene kleine Dateien ({size|size}) auf {volume} neu schreiben.',
  'plan.step.replace-boot-entry':
    'Den Starteintrag {entry|entry} wieder so schreiben, wie er angelegt wurde.',
  'plan.step.replace-boot-entry.drop': '{entry|entry} entfernen, eine Kopie von Berths eigenem Starteintrag.',
  'plan.step.set-boot-order': 'Die Startreihenfolge ändern, von {before} auf {after}.',
  'plan.step.disarm-trial': 'Die Probe von {entry|entry} beenden und ihre Zeichen entfernen.',
  'plan.step.restore-boot-order': '{entry|entry} aus der Startreihenfolge nehmen.',
  'plan.step.remove-boot-entry': 'Den Starteintrag {entry|entry} entfernen.',
  'plan.step.remove-files': '{count|n:Datei/Dateien} entfernen, von Berth nach {volume} geschrieben.',
  'plan.step.remove-credentials':
    '{count|n:Notiz/Notizen} für den ersten Start von {volume} entfernen, soweit das neue System sie nicht gelöscht hat.',
  'plan.step.remove-partition': 'Die Partition {volume} entfernen, die Berth angelegt hat.',
  'plan.step.grow-volume': '{volume} seine frühere Größe zurückgeben, von {from|size} auf {to|size}.',
  'plan.step.return-room':
    '{volume} den Platz zurückgeben, der in einem eigenen Start geschaffen wurde, von {from|size} auf {to|size}, und den Vermerk darüber entfernen. Die Dateien bleiben.',
  'plan.step.write-stage':
    'Das kleine System, das Platz schafft, auf {volume} bringen ({size|size}, danach wieder entfernt). In einem eigenen Start verkleinert es {root}, von {from|size} auf {to|size}. Die Dateien dort bleiben.',
  'plan.step.arm-stage':
    'Einen Starteintrag dafür anlegen ({entry|entry}) und ihn für den nächsten Start wählen, nur für diesen. Bis das Ergebnis vollständig und geprüft ist, ändert sich an {root} nichts; danach führt ein Stromausfall dorthin zurück, bis es fertig ist.',
  'plan.step.clear-stage': 'Entfernen, was zum Platzschaffen auf {volume} gebracht wurde.',
  'plan.lost.free-space': '{volume} wird um {size|bytes} kleiner.',
  'plan.lost.partition': 'Die Partition {volume}, {size|bytes}, und was darin liegt.',
  'plan.lost.file': 'Was jetzt unter {where} liegt ({size|size}).',
  'plan.lost.boot-entry': 'Der Starteintrag {entry|entry}.',
  'plan.lost.boot-order': 'Der erste Platz in der Startreihenfolge: {from|entry} gibt ihn an {to|entry} ab.',
  'plan.lost.boot-next': 'Die Wahl von {from|entry} für den nächsten Start.',
  'plan.lost.restorable': 'Beim Entfernen kommt das zurück („berth undo“).',
  'plan.lost.final': 'Um es wieder zu haben, müssten Sie neu installieren.',
  'plan.lost.not-kept': 'Es wird nicht aufgehoben.',
  'plan.lost.choose-again': 'Sie können es wieder wählen („berth switch“).',
  'plan.lost.nothing': 'Nichts.',
  'plan.untouched.volumes': 'Jede Datei auf jedem Volume, das jetzt da ist.',
  'plan.untouched.other-files': 'Jede Datei, die nicht von Berth ist.',
  'plan.untouched.other-entries':
    'Jeder Starteintrag, der nicht von Berth ist, und deren Reihenfolge untereinander.',
  'plan.untouched.partitions': 'Jede andere Partition: ihr Ort, ihre Größe und ihr Inhalt.',
  'plan.untouched.entries': 'Jeder Starteintrag, der jetzt da ist, und die Reihenfolge.',
  'plan.untouched.secure-boot': 'Secure Boot, BitLocker und die Einstellungen von Windows.',
  'plan.back.trial':
    'Startet das neue System nicht, schalten Sie den PC aus und wieder ein: Das vorhandene System startet von selbst.',
  'plan.back.undo': 'Alles lässt sich wieder entfernen, auch später („berth undo“).',
  'plan.back.make-room':
    'Was frei wird, ist für eine Installation da. Vor dem Neustart lässt sich alles zurücknehmen („berth make-room --cancel“); danach gibt das Zurücknehmen („berth undo“) den Platz zurück, zusammen mit einer Installation oder auch ohne eine.',
  'plan.back.room': 'Der Platz kann wieder geschaffen werden („berth make-room“).',
  'plan.back.cut':
    'Ein Stromausfall schadet an keiner Stelle: Die Arbeit lässt sich danach beenden oder zurücknehmen („berth recover“).',
  'plan.back.no-return': 'Was ab Schritt {step} entfernt wird, kommt nur durch erneutes Installieren wieder.',
  'plan.back.replaced':
    'Bis Schritt {step} bewiesen ist, lässt sich alles vollständig zurücknehmen. Danach ist weg, was unter den Namen von Berths eigenen Dateien lag.',
  'plan.back.none': 'Jeder Schritt lässt sich vollständig zurücknehmen.',
  'plan.effort': '{bytes|bytes} zu schreiben, {seconds|time} oder weniger auf einem gewöhnlichen PC.',
  'plan.fingerprint': 'Fingerabdruck dieses Plans: {fingerprint}',
  'plan.alternative.esp': 'Die EFI-Systempartition {volume}, mit {available|size} frei.',
  'plan.alternative.xbootldr': 'Die erweiterte Startpartition {volume}, mit {available|size} frei.',
  'plan.alternative.gap': 'Eine freie Lücke von {available|size} auf {disk}.',
  'plan.alternative.shrink': '{volume} verkleinern: Es kann {available|size} abgeben.',
  'plan.row.changed': 'vorher {from|size}',
  'plan.row.new': 'neu',
  'plan.row.gone': 'entfernt',
  'plan.picture.before': 'vorher',
  'plan.picture.after': 'nachher',
  'plan.picture.free': 'frei',
  'plan.picture.new': 'neu',
  'plan.role.boot': 'Berths Startpartition ({type})',
  'plan.role.data': 'Daten des neuen Systems',
} as const satisfies Record<keyof typeof english, string>
