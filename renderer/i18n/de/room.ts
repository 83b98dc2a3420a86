import type { roomWords as english } from '../en/room.ts'
import type { SameKeys } from '../words-of.ts'

/** Die Sätze darüber, wie ein eigener Start Platz schafft. */
export const roomWords: SameKeys<typeof english> = {
  room: {
    spaceLead:
      'Noch ist kein Platz dafür. Ein Neustart kann ihn schaffen, und nichts von Ihnen geht verloren.',
    title: 'Mit einem Neustart Platz schaffen',
    titleMore: 'Oder auf „{{volume}}“ mit einem Neustart Platz schaffen',
    lead: 'Das laufende System benutzt „{{volume}}“, deshalb lässt es sich jetzt nicht verkleinern. In einem eigenen Start geht es:',
    step1:
      'Sie sehen sich den Plan an und stimmen zu. Ein kleines System von Berth kommt auf die Startpartition; kleiner wird noch nichts.',
    step2:
      'Beim nächsten Neustart startet dieses System von selbst, verkleinert „{{volume}}“ und bringt das heutige System zurück. Das dauert etwa eine Minute, und länger, wo viel zu verschieben ist.',
    step3:
      'Ihre Dateien bleiben. Bis zum Neustart lässt sich alles zurücknehmen; danach gibt das Zurücknehmen den Platz zurück.',
    step4: 'Dann öffnen Sie Berth wieder und installieren in den neuen Platz.',
    size: 'Wie viel Platz',
    keeps: '„{{volume}}“ behält {{left}}, davon {{free}} frei.',
    go: 'Den Plan für diesen Neustart ansehen',
    noStage: 'Das kleine System, das das tut, ist noch nicht auf diesem PC.',
    noStageFetch:
      'Es kommt wie jedes System: Holen Sie auf der Seite „System“ einen Katalog, der es anbietet, und kommen Sie hierher zurück.',
    noStageBuild:
      'Wer die Quellen von Berth hat, kann es auch selbst bauen: „berth system build stage --out ~/.cache/berth/releases/stage-1.0.0-x86_64“. Auf einem echten PC muss es mit einem Schlüssel signiert sein, dem der PC vertraut.',
    toSystems: 'Zur Seite „System“',
    needed: 'Dieser PC braucht erst Platz.',
    neededHint:
      'Berth kann ihn mit einem Neustart schaffen. Ihre Dateien bleiben. Wie, steht auf der Seite „Platz“.',
    fitsAfter: 'Passt, sobald Platz da ist: Ein Neustart schafft ihn. Wie, zeigt die Seite „Platz“.',
    waits: 'Vorbereitet: Der nächste Neustart schafft Platz',
    waitsText:
      '„{{volume}}“ wird beim nächsten Neustart um {{size}} kleiner, und das heutige System kommt von selbst zurück. Ihre Dateien bleiben. Noch ist nichts kleiner.',
    unchosen: 'Der Neustart, der Platz schafft, ist nicht zustande gekommen',
    unchosenText:
      'Er war vorbereitet, aber die Firmware hat ihn nicht mehr für den nächsten Start gewählt. Nichts ist kleiner geworden. Nehmen Sie ihn zurück und bereiten Sie ihn noch einmal vor; geschieht es wieder, kennt die Firmware dieses PCs solche Starts vielleicht nicht.',
    halfWay: 'Das Platzschaffen ist auf halbem Weg: jetzt neu starten',
    halfWayText:
      '„{{volume}}“ wird gerade verkleinert, und nur das kleine System kann das zu Ende bringen. Sichern Sie Ihre Arbeit und starten Sie neu: Es macht von selbst weiter, und das heutige System kommt zurück.',
    done: 'Der Platz ist da',
    doneText: '„{{volume}}“ ist um {{size}} kleiner. In den Platz kann jetzt ein System installiert werden.',
    doneTidy: 'Was der Neustart auf der Startpartition gelassen hat, lässt sich wegräumen; der Platz bleibt.',
    refused: 'Es wurde kein Platz geschaffen',
    refusedText: '„{{volume}}“ ist, wie es war, mit jeder Datei. Der Grund:',
    restart: 'Jetzt neu starten',
    takeBack: 'Zurücknehmen',
    tidy: 'Reste wegräumen',
    onward: 'Weiter zur Installation',
    giveBack: 'Den Platz zurückgeben',
    giveBackTitle: 'Auf diesem PC wurde Platz geschaffen',
    giveBackText:
      'Eine Partition wurde für eine Installation verkleinert. Sie kann den Platz zurückbekommen, solange dort nichts liegt.',
  },
}
