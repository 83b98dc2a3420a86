import type { systemIssues as english } from '../en/issues-system.ts'
import type { IssueText } from '../locale.ts'

/** Befunde zum PC, zu Windows, zu den Systemen zur Auswahl und zu Berths eigenen Installationen. */
export const systemIssues = {
  'cpu-architecture': {
    title: 'Dieses System ist für eine andere Art von Prozessor',
    message: 'Nötig: {required}. Dieser PC hat: {found}.',
    remedy: 'Nehmen Sie ein System, das für diesen Prozessor gemacht ist.',
  },
  'memory-too-small': {
    title: 'Dieser PC hat zu wenig Arbeitsspeicher',
    message: 'Benötigt: {required|bytes}. Vorhanden: {found|bytes}.',
    remedy: 'Nehmen Sie ein kleineres System, oder bauen Sie mehr Arbeitsspeicher ein.',
  },
  'memory-below-recommended': {
    title: 'Dieser PC hat weniger Arbeitsspeicher als empfohlen',
    message:
      'Empfohlen: {required|bytes}. Vorhanden: {found|bytes}. Das neue System wird starten, ist aber vielleicht langsam.',
    remedy: 'Es ist nichts zu tun, wenn Ihnen das recht ist.',
  },
  'encryption-not-offered': {
    title: 'Dieses System kann Ihre Dateien nicht verschlüsseln',
    message: '{release} hat keine Datenpartition, die es verschlüsseln könnte, oder kann es nicht.',
    remedy: 'Nehmen Sie ein anderes System, oder verzichten Sie auf die Verschlüsselung.',
  },
  'encryption-needs-tpm': {
    title: 'Dieser PC hat keinen Sicherheitschip, der den Schlüssel behalten könnte',
    message: 'Um den Schlüssel zu Ihren Dateien zu behalten, ist {required} nötig.[ Vorhanden: {found}.]',
    remedy:
      'Wählen Sie die Verschlüsselung mit einer Passphrase. Hat der PC einen solchen Chip, schalten Sie ihn zuerst in der Firmware ein (TPM, PTT oder fTPM).',
  },
  'encryption-tpm-unknown': {
    title: 'Ob dieser PC den Schlüssel behalten kann, ist nicht bekannt',
    message:
      'Es gibt einen Sicherheitschip (TPM), aber das jetzige System sagt nicht, welche Version. Nötig ist 2.0.',
    remedy:
      'Es ist nichts zu tun: Kann der Chip den Schlüssel nicht behalten, fragt das neue System stattdessen nach einer Passphrase.',
  },
  'encryption-by-passphrase': {
    title: 'Ihre Dateien im neuen System werden mit einer Passphrase verschlüsselt',
    message:
      'Das neue System fragt beim ersten Start nach einer neuen Passphrase, und bei jedem Start nach ihr. Die Dateien des jetzigen Systems bleiben, wie sie sind.',
    remedy:
      'Schreiben Sie die Passphrase auf. Ohne sie sind Ihre Dateien im neuen System verloren; niemand kann sie zurückholen.',
  },
  'encryption-by-tpm': {
    title: 'Ihre Dateien im neuen System werden mit einem Schlüssel verschlüsselt, den dieser PC behält',
    message:
      'Der Sicherheitschip des PCs (TPM) gibt den Schlüssel nur genau diesem System; beim Start wird nichts gefragt. Nach einer neuen Version oder einer Änderung in der Firmware gibt er ihn vielleicht nicht heraus, oder verliert ihn.',
    remedy:
      'Schreiben Sie den Wiederherstellungsschlüssel auf, den das neue System nach der ersten Anmeldung zeigt. Ohne ihn sind Ihre Dateien im neuen System verloren, wenn der Chip den Schlüssel nicht herausgibt.',
  },
  'battery-low': {
    title: 'Der Akku ist fast leer',
    message:
      'Mindestens {required} sind nötig, {found} sind da. Ein Stromausfall schadet nicht, aber man muss ihn nicht herausfordern.',
    remedy: 'Schließen Sie den PC an das Stromnetz an.',
  },
  'on-battery': {
    title: 'Der PC läuft mit Akku',
    message: 'Er hat {found}; angenehm wären {required} oder mehr.',
    remedy: 'Schließen Sie den PC an das Stromnetz an, wenn Sie können.',
  },
  'not-elevated': {
    title: 'Berth läuft ohne Administratorrechte',
    message: 'Es kann nachsehen und planen, aber nichts ändern.',
    remedy: 'Starten Sie es zum Installieren als Administrator (Windows) oder root (Linux).',
  },
  'bitlocker-converting': {
    title: 'BitLocker arbeitet gerade an {volume}',
    message: 'Das Ver- oder Entschlüsseln ist im Gange oder angehalten ({found}).',
    remedy: 'Lassen Sie es in Windows zu Ende gehen, bevor Sie installieren.',
  },
  'bitlocker-prompt-unlikely': {
    title: 'Legen Sie Ihren BitLocker-Wiederherstellungsschlüssel bereit',
    message:
      '{volume} ist mit BitLocker verschlüsselt. Windows wird höchstwahrscheinlich nicht nach dem Wiederherstellungsschlüssel fragen: In der Standardeinstellung achtet es auf die Messwerte (PCR) {pcrs}, und weder eine neue Partition noch ein neuer Starteintrag gehört dazu. Windows behält seinen eigenen Starteintrag, und sein Volume bleibt unberührt.',
    remedy:
      'Suchen Sie den Wiederherstellungsschlüssel trotzdem heraus, bevor Sie beginnen: https://aka.ms/myrecoverykey. In Ihrer Firma gelten vielleicht andere Regeln.',
  },
  'bitlocker-prompt-likely': {
    title: 'Windows wird wahrscheinlich nach seinem BitLocker-Wiederherstellungsschlüssel fragen',
    message:
      '{volume} ist mit BitLocker verschlüsselt, und der Zustand von Secure Boot ist unbekannt oder müsste sich ändern. BitLocker bemerkt das und fragt beim nächsten Start von Windows nach dem Wiederherstellungsschlüssel.',
    remedy:
      'Suchen Sie zuerst den Wiederherstellungsschlüssel heraus: https://aka.ms/myrecoverykey. Halten Sie BitLocker in Windows an, bevor Sie etwas an Secure Boot ändern.',
  },
  'bitlocker-automatic': {
    title: 'Windows verschlüsselt diesen PC vielleicht von selbst',
    message: 'Die automatische Geräteverschlüsselung ist an, auch wenn noch kein Volume verschlüsselt ist.',
    remedy:
      'Jetzt ist nichts zu tun. Sehen Sie sich den Plan noch einmal an, falls Windows vor dem Installieren zu verschlüsseln beginnt.',
  },
  'fast-startup': {
    title: 'Der Schnellstart ist an',
    message:
      'Mit dem Schnellstart schläft Windows nur, wenn Sie „Herunterfahren“ wählen. Seine Volumes dürfen währenddessen nicht von einem anderen System geändert werden.',
    remedy:
      'Wählen Sie zum Wechseln „Neu starten“, oder wählen Sie in Berth das System für den nächsten Start („berth switch“). Um den Schnellstart dauerhaft abzuschalten, führen Sie als Administrator „powercfg /h off“ aus.',
  },
  'windows-pending-restart': {
    title: 'Windows wartet auf einen Neustart',
    message: 'Ein Update ist noch nicht fertig und ändert beim nächsten Start vielleicht Startdateien.',
    remedy: 'Starten Sie Windows neu, lassen Sie es fertig werden und kommen Sie dann wieder.',
  },
  'windows-clock-local': {
    title: 'Windows führt die Uhr in Ortszeit',
    message:
      'Der Berth-Desktop liest sie ebenso. Andere Systeme führen sie in UTC (Weltzeit), sodass eines der beiden vielleicht eine falsche Zeit zeigt. Berth ändert daran nichts.',
    remedy:
      'Es ist nichts zu tun. Ein anderes System lässt sich auf Ortszeit einstellen oder Windows auf UTC; beides lässt sich zurücknehmen.',
  },
  'graphics-other-release': {
    title: 'Ein anderes System ist für die Grafik in diesem PC gemacht',
    message:
      'Dieses ist für Grafik von {required} gemacht; in diesem PC gibt es Grafik von {found}. Deren Bild zeichnet dann der Prozessor, was langsamer ist, und bei neuer Grafik kommt vielleicht gar kein Bild: Schalten Sie den PC dann aus und wieder ein, und es startet das jetzige System.',
    remedy: 'Nehmen Sie stattdessen {release}. Ein Probestart von diesem schadet nicht.',
  },
  'graphics-not-covered': {
    title: 'Dieses System ist für andere Grafik gemacht',
    message:
      'Es ist für Grafik von {required} gemacht; in diesem PC gibt es Grafik von {found}. Deren Bild zeichnet dann der Prozessor, was langsamer ist, und bei neuer Grafik kommt vielleicht gar kein Bild: Schalten Sie den PC dann aus und wieder ein, und es startet das jetzige System.',
    remedy: 'Es ist nichts zu tun: Ein Probestart schadet nicht.',
  },
  'graphics-not-yet': {
    title: 'Diese Grafik ist zu neu für dieses System',
    message:
      'Sein Linux hat für {found} noch keinen Treiber: Ein Bildschirm, der daran hängt, bleibt dunkel. Gibt es in diesem PC keine andere Grafik, lässt sich das neue System vorerst nicht benutzen.',
    remedy:
      'Warten Sie auf eine neuere Ausgabe. Ein Probestart schadet nicht: Kommt nach fünf Minuten kein Bild, schalten Sie den PC aus und wieder ein, und es startet das jetzige System.',
  },
  'release-practice-only': {
    title: 'Dieses System ist nur zum Üben',
    message: '{release} ist für Übungs-PCs und Tests gemacht.',
    remedy: 'Nehmen Sie auf einem echten PC ein anderes System.',
  },
  'release-older': {
    title: 'Dieses System ist älter als das installierte',
    message: 'Installiert: {found}. Angegeben: {required}.',
    remedy:
      'Nehmen Sie das neuere. Wollen Sie wirklich zurück, entfernen Sie zuerst das installierte („berth undo“).',
  },
  'release-changed': {
    title: 'Ein System desselben Namens, aber nicht dasselbe',
    message: 'Was installiert ist, entstand aus anderen Bytes ({required}) als dieses System ({found}).',
    remedy:
      'Entfernen Sie zuerst das installierte („berth undo“), und vergewissern Sie sich, woher dieses System kommt.',
  },
  'berth-installed': {
    title: 'Dieses System ist schon installiert',
    message: '{found} ist da und vollständig. Es ist nichts zu tun.',
    remedy: 'Mehr dazu zeigt die Übersicht („berth status“).',
  },
  'berth-other-release': {
    title: 'Ein anderes System ist schon installiert',
    message:
      'Installiert: {found}. Angegeben: {required}. Diese Version von Berth legt nicht das eine über das andere.',
    remedy: 'Entfernen Sie zuerst das installierte („berth undo“).',
  },
  'berth-damaged': {
    title: 'Berths Installation ist beschädigt',
    message: 'Was fehlt oder verändert ist: {problems}.',
    remedy:
      'Reparieren Sie sie an Ort und Stelle („berth repair“), oder entfernen Sie sie („berth undo“) und installieren Sie neu.',
  },
  'berth-trial-open': {
    title: 'Die Probe läuft noch',
    message:
      'Das neue System ist installiert, aber noch nicht behalten. Von selbst startet weiter das vorhandene.',
    remedy: 'Starten Sie das neue einmal, und behalten Sie es dann („berth confirm“).',
  },
  'trial-unconfirmed': {
    title: 'Das neue System hat noch nicht gemeldet, dass es gestartet ist',
    message: 'Es hinterlässt beim Start ein Zeichen in der Firmware, und dieses Zeichen ist nicht da.',
    remedy:
      'Wählen Sie das neue System für den nächsten Start („berth switch berth“) und starten Sie neu. Kommt der PC wieder mit dem vorhandenen System, startet das neue hier nicht: Dann entfernen Sie es („berth undo“).',
  },
  'nothing-installed': {
    title: 'Berth hat auf diesem PC nichts installiert',
    message: 'Es wurde keine Aufzeichnung einer Installation gefunden.',
    remedy: 'Es ist nichts zu tun.',
  },
  'manifest-other-install': {
    title: 'Die Aufzeichnung gehört zu einer anderen Installation',
    message:
      'Was die Aufzeichnung sagt und was auf diesem PC ist, stammt aus zwei verschiedenen Installationen.',
    remedy: 'Entfernen Sie die ältere dort, wo ihre Aufzeichnung liegt („berth undo“).',
  },
  'system-not-found': {
    title: '{system} lässt sich nicht für den nächsten Start wählen',
    message: 'Kein Starteintrag führt zu seiner Datei ({found}).',
    remedy:
      'Wählen Sie es im Startmenü der Firmware. Windows legt seinen Eintrag wieder an, wenn es startet.',
  },
  'undo-leaves': {
    title: 'Etwas bleibt, wie es ist',
    message: '{what}: {reason}.',
    remedy: 'Berth entfernt nur, was noch so ist, wie Berth es angelegt hat. Sehen Sie selbst nach.',
  },
  'room-made': {
    title: 'Es gibt Platz, den Berth geschaffen hat und den nichts benutzt',
    message: '{where} wurde um {size|bytes} verkleinert, damit daneben ein zweites System Platz hat.',
    remedy: 'Installieren Sie in diesen Platz, oder geben Sie ihn zurück („berth undo“).',
  },
  'room-record-ignored': {
    title: 'Ein Vermerk über geschaffenen Platz passt nicht mehr',
    message:
      'Auf {where} liegt ein Vermerk von Berth: Eine Partition[ ({volume})] wurde dort verkleinert. Diese Partition gibt es nicht mehr, sie wurde seither verändert, oder der Vermerk ist nicht lesbar.',
    remedy: 'Nichts zu tun: Berth lässt diese Partition, wie sie ist.',
  },
  'volume-check-follows': {
    title: 'Windows wird {volume} beim nächsten Start prüfen',
    message:
      'Wird die Größe eines NTFS-Volumes außerhalb von Windows geändert, ist es danach zur Prüfung vorgemerkt. Windows erledigt das von selbst beim nächsten Start; es dauert einige Minuten.',
    remedy:
      'Lassen Sie die Prüfung zu Ende gehen. Bis dahin kann niemand anderes die Größe von {volume} noch einmal ändern; Berths Änderungen zurückzunehmen geht trotzdem.',
  },
  'undo-data-lost': {
    title: 'Die Datenpartition wird gelöscht',
    message: 'Die Datenpartition des neuen Systems von {size|bytes} wird entfernt, mit allem, was darin ist.',
    remedy: 'Sichern Sie vorher, was Sie davon brauchen. Das lässt sich nicht zurücknehmen.',
  },
} as const satisfies Record<keyof typeof english, IssueText>
