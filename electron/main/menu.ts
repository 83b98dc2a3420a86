import { Menu } from 'electron'
import type { Words } from './words.ts'

/** Copying, zoom and closing by key. There is no inspector in it. */
export function setMenu(words: Words): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: words.edit,
        submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
      },
      {
        label: words.view,
        submenu: [
          { role: 'reload' },
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
        ],
      },
      { label: words.window, submenu: [{ role: 'minimize' }, { role: 'close' }] },
    ]),
  )
}
