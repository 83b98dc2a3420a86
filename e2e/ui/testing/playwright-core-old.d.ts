/* The old driver's own types are not found beside its ES module; what is used of it has not changed since. */
declare module 'playwright-core-old' {
  export { _electron, type ElectronApplication, type Page } from 'playwright-core'
}
