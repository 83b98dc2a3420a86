import type { windowSentences as english } from '../en/sentences-window.ts'

/** Was der Teil hinter dem Fenster sagt. */
export const windowSentences = {
  'networks.none':
    'Es wurden keine WLANs gefunden. Berth liest die, die NetworkManager auf einem laufenden Linux verwahrt, nicht die von iwd oder ifupdown.',
  'networks.keys':
    'Was mit --wifi genannt wird, kommt mit seinem Schlüssel mit. Bis zum ersten Start des neuen Systems liegen die Schlüssel lesbar auf der Partition, von der es startet; dann löscht es sie dort.',
  'networks.enterprise':
    'kann nicht mitkommen, denn es verlangt von jeder Person einen eigenen Namen oder ein Zertifikat.',
  'networks.key-elsewhere':
    'kann nicht mitkommen, denn sein Schlüssel liegt in einem Schlüsselbund oder nirgends.',
  'networks.other-kind':
    'kann nicht mitkommen, denn es ist ein Hotspot dieses PCs oder von einer Art, die Berth nicht kennt.',
  'this-pc.advisory':
    'Was sich von diesem PC ohne besondere Rechte sehen lässt. Es kann unvollständig oder falsch sein, und Berth entscheidet nichts danach.',
  'this-pc.name': 'Dieser PC',
} as const satisfies Record<keyof typeof english, string>
