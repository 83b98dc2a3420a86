import type { bootSentences as english } from '../en/sentences-boot.ts'

/** Was zum Start eines Übungs-PCs gesagt wird. */
export const bootSentences = {
  'boot.reason.boot-next':
    'Gestartet: {entry} „{description}“, weil BootNext es dieses eine Mal verlangt hat.',
  'boot.reason.first-in-order':
    'Gestartet: {entry} „{description}“, weil es in der Startreihenfolge an erster Stelle steht.',
  'boot.reason.later-in-order':
    'Gestartet: {entry} „{description}“, weil nichts davor in der Startreihenfolge starten wollte.',
  'boot.reason.found-by-firmware':
    'Gestartet: etwas, das die Firmware selbst gefunden hat[: {entry}][ „{description}“].',
  'boot.reason.nothing-started': 'Die Firmware hat nichts gestartet.',
  'boot.failed': 'Zuerst versucht, ohne Erfolg: {entry} „{description}“ ({why}).',
  'boot.end.power-off': 'Es hat sich nach {seconds} s ausgeschaltet.',
  'boot.end.restart': 'Es hat nach {seconds} s neu gestartet.',
  'boot.end.cut': 'Nach {seconds} s wurde der Strom abgeschaltet.',
  'boot.end.broken': 'Es blieb nach {seconds} s mit einem Fehler der virtuellen Maschine stehen.',
  'boot.end.stopped': 'Nach {seconds} s angehalten: Worauf gewartet wurde, war da.',
  'boot.end.timed-out': 'Nach {seconds} s angehalten: Worauf gewartet wurde, kam nicht.',
  'boot.next': 'Startreihenfolge jetzt: {order}.[ Beim nächsten Start: {next}.]',
  'boot.would.boot-next':
    'Als Nächstes startet {entry}[ „{description}“], weil BootNext es dieses eine Mal verlangt.',
  'boot.would.first-in-order':
    'Als Nächstes startet {entry}[ „{description}“], weil es in der Startreihenfolge an erster Stelle steht.',
  'boot.would.firmware-decides':
    'Als Nächstes startet die Firmware, was sie selbst findet, weil es keine Startreihenfolge gibt.',
  'boot.reached': 'Erreicht: {what}, {seconds} s nach dem Einschalten.',
  'boot.not-reached': 'Nicht erreicht: {what}.',
} as const satisfies Record<keyof typeof english, string>
