import { expect, it } from 'vitest'
import { pageNames, parseRoute, routeAddress } from './route.ts'

it('gives every page an address that leads back to it', () => {
  for (const page of pageNames) {
    const route = { page, target: 'practice:a', run: 'run-1', topic: 'space-none' }
    expect(parseRoute(routeAddress(route))).toEqual(route)
  }
})

it('leads to the welcome page from an address nobody knows', () => {
  expect(parseRoute('#/../../etc?target=x').page).toBe('welcome')
  expect(parseRoute('').page).toBe('welcome')
})
