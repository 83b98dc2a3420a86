import { describe, expect, it } from 'vitest'
import { suggestedYouSchema } from '../../model/you.ts'
import { readYou, youFrom } from './read-you.ts'

const facts = {
  locale: 'de_DE.UTF-8',
  timezone: 'Europe/Berlin',
  hostname: 'Annas-PC.fritz.box',
  user: 'anna',
  passwd: 'root:x:0:0:root:/root:/bin/sh\nanna:x:1000:1000:Anna Müller,,,:/home/anna:/bin/sh\n',
  keyboard: 'XKBMODEL="pc105"\nXKBLAYOUT="de,us"\nXKBVARIANT="nodeadkeys,"\n',
}

describe('what the present system says of its user', () => {
  it('is taken over where it fits', () => {
    expect(youFrom(facts)).toEqual({
      language: 'de_DE.UTF-8',
      keymap: 'de-nodeadkeys',
      timezone: 'Europe/Berlin',
      hostname: 'annas-pc',
      user: 'anna',
      fullName: 'Anna Müller',
    })
  })

  it("is made to fit, as Windows' names need", () => {
    const windows = {
      ...facts,
      locale: 'de-DE',
      user: 'Anna Müller',
      hostname: 'DESKTOP-4711',
      passwd: '',
      keyboard: '',
    }
    expect(youFrom(windows)).toEqual({
      language: 'de_DE.UTF-8',
      keymap: 'de',
      timezone: 'Europe/Berlin',
      hostname: 'desktop-4711',
      user: 'anna-muller',
    })
  })

  it('is left out where nothing plain can be made of it', () => {
    const odd = {
      locale: 'C',
      timezone: 'UTC',
      hostname: '…',
      user: '世界',
      passwd: '',
      keyboard: 'XKBLAYOUT="$(id)"',
    }
    expect(youFrom(odd)).toEqual({})
    expect(youFrom({ ...facts, user: 'root' })).not.toHaveProperty('user')
  })

  it('is read on this very computer', async () => {
    suggestedYouSchema.parse(await readYou())
  })
})
