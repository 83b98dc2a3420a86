/** What the shell itself says; everything else is the page's. */
export interface Words {
  readonly closeTitle: string
  readonly closeDetail: string
  readonly stay: string
  readonly stopAndClose: string
  readonly edit: string
  readonly view: string
  readonly window: string
  readonly brokenTitle: string
  readonly broken: string
}

const english: Words = {
  closeTitle: 'A change is still under way on a PC.',
  closeDetail:
    'Berth can stop at the next safe point and take back what was begun. The window closes when that is done.',
  stay: 'Keep going',
  stopAndClose: 'Stop safely and close',
  edit: '&Edit',
  view: '&View',
  window: '&Window',
  brokenTitle: 'Berth is not complete',
  broken: 'The program file that does the work is missing or cannot be started. Install Berth again.',
}

const german: Words = {
  closeTitle: 'Auf einem PC läuft noch eine Änderung.',
  closeDetail:
    'Berth kann an der nächsten sicheren Stelle anhalten und das Begonnene zurücknehmen. Danach schließt sich das Fenster.',
  stay: 'Weitermachen',
  stopAndClose: 'Sicher anhalten und schließen',
  edit: '&Bearbeiten',
  view: '&Ansicht',
  window: '&Fenster',
  brokenTitle: 'Berth ist nicht vollständig',
  broken:
    'Die Programmdatei, die die Arbeit tut, fehlt oder lässt sich nicht starten. Installieren Sie Berth neu.',
}

/** The words for a language tag such as `de-AT`; English when there are none. */
export function wordsFor(language: string): Words {
  return language.toLowerCase().split('-')[0] === 'de' ? german : english
}
