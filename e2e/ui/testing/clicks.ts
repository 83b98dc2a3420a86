import type { Page } from 'playwright-core-old'

/** A person who reads and clicks, in a page that either driver steers. */
export class Person {
  readonly #page: Page
  readonly #patienceMs: number

  constructor(page: Page, patienceMs = 30_000) {
    this.#page = page
    this.#patienceMs = patienceMs
  }

  /** What was waited for in vain is told with what the page said instead. */
  async #patiently<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (thrown) {
      const shown = await this.#page.innerText('body').catch(() => 'nothing')
      throw new Error(`${String(thrown)}\nThe page at ${this.#page.url()} says:\n${shown}`, { cause: thrown })
    }
  }

  /** Waits until this stands somewhere on the page. */
  async sees(text: string, timeout = this.#patienceMs): Promise<void> {
    await this.#patiently(this.#page.waitForSelector(`text=${text}`, { timeout }))
  }

  /** Waits for a page by its heading, which has the focus when it was come to by a click. */
  async isAt(heading: string, timeout = this.#patienceMs): Promise<void> {
    await this.#patiently(this.#page.waitForSelector(`h1:has-text("${heading}")`, { timeout }))
  }

  async presses(button: string): Promise<void> {
    await this.#patiently(this.#page.click(`button:has-text("${button}")`))
  }

  async chooses(option: string): Promise<void> {
    await this.#patiently(this.#page.click(`label:has-text("${option}")`))
  }

  async cannotPress(button: string): Promise<boolean> {
    return this.#page.isDisabled(`button:has-text("${button}")`)
  }

  /** From the first page to the verdict about a practice PC. */
  async looksAt(pc: string): Promise<void> {
    await this.#patiently(this.#page.click('a.brand'))
    await this.isAt('Try Linux next to what you have')
    await this.chooses(pc)
    await this.presses('Look at the practice PC')
  }

  /** From the verdict to the plan, which is shown in full. */
  async readsThePlan(): Promise<void> {
    await this.sees('This PC is ready')
    await this.presses('Continue')
    await this.isAt('How much space?')
    await this.presses('Continue')
    await this.isAt('This is everything that will change')
    await this.seesThePlan()
  }

  /** Waits until a review shows its steps. */
  async seesThePlan(): Promise<void> {
    await this.#patiently(this.#page.waitForSelector('.plan-steps li'))
  }

  /** Says yes to what the review shows; the button names it. */
  async confirms(): Promise<string> {
    const button =
      '.actions button.button-primary:not([disabled]), .actions button.button-danger:not([disabled])'
    const text = await this.#patiently(this.#page.innerText(button))
    await this.#patiently(this.#page.click(button))
    return text
  }
}
