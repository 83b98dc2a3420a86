import type { Sight } from './person.ts'

/**
 * What is recognised on a screen of 1280 by 800. Their pictures in `sights/` are made from a screen dump that somebody
 * has looked at: `npx tsx e2e/desktop/make-sight.ts NAME DUMP.ppm`.
 */
export const sights = {
  /** The card with a person's picture and the field for the password. */
  login: { name: 'login', region: { x: 400, y: 200, width: 480, height: 400 } },
  /** The card that asks who will use this PC. */
  firstRun: { name: 'first-run', region: { x: 400, y: 200, width: 480, height: 400 } },
  /** The card with language, keyboard and time zone. */
  region: { name: 'region', region: { x: 400, y: 200, width: 480, height: 400 } },
  /** The card of the account that was made there: another letter, another language. */
  madeLogin: { name: 'made-login', region: { x: 400, y: 200, width: 480, height: 400 } },
  /** The left end of the panel: menu, files, browser, terminal. */
  panel: { name: 'panel', region: { x: 0, y: 752, width: 176, height: 48 } },
  /** A terminal's title and menus, left of where the question below covers them. */
  terminal: { name: 'terminal', region: { x: 232, y: 120, width: 256, height: 56 } },
  /** The on-screen keyboard, over the whole width. */
  keyboard: { name: 'keyboard', region: { x: 0, y: 552, width: 1280, height: 248 } },
  /** The question what this PC shall do. */
  leave: { name: 'leave', region: { x: 400, y: 200, width: 480, height: 400 } },
} as const satisfies Readonly<Record<string, Sight>>
