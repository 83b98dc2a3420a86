import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'

const program = process.env['BERTH_CHROMIUM'] ?? '/usr/bin/chromium'

/** A current Chromium. @throws when there is none. */
export async function openChromium(): Promise<Browser> {
  if (!existsSync(program)) throw new Error(`There is no ${program}: install the package chromium`)
  return chromium.launch({
    executablePath: program,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  })
}

/** Everything the page complains of from now on. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return complaints
}
