import type { ListedRelease } from '../api/methods/plan-methods.ts'
import { toWireFailure } from '../api/answer.ts'
import { bytes } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import type { ReleaseId } from '../model/primitives.ts'
import type { ReleaseOffer, ReleaseSource } from '../ports/release-source.ts'
import type { Locale } from '../text/locale.ts'

/** What the pictures of all releases may take of a message, which holds 1 MiB. */
const pictureRoom = 512 * 1024

/** Every release of a source; one that cannot be opened stays in the list with the reason. */
export async function listReleases(
  source: ReleaseSource,
  locale: Locale,
): Promise<Result<readonly ListedRelease[]>> {
  const ids = await source.list()
  if (!ids.ok) return ids
  const listed: ListedRelease[] = []
  let room = pictureRoom
  for (const id of ids.value) {
    const one = await describeRelease(source, id, locale)
    room -= one.offer?.picture?.address.length ?? 0
    listed.push(room < 0 && one.offer !== null ? { ...one, offer: { ...one.offer, picture: null } } : one)
  }
  return ok(listed)
}

async function describeRelease(source: ReleaseSource, id: ReleaseId, locale: Locale): Promise<ListedRelease> {
  const open = await source.open(id)
  if (!open.ok) {
    const failure = toWireFailure(open.failure, locale)
    return { id, manifest: null, sha256: null, signer: null, size: bytes(0), offer: null, failure }
  }
  const { manifest, sha256, signer } = open.value
  const size = bytes(manifest.files.reduce((sum, file) => sum + file.size, 0))
  return { id, manifest, sha256, signer, size, offer: wireOffer(open.value.offer, locale), failure: null }
}

function wireOffer(offer: ReleaseOffer | undefined, locale: Locale): ListedRelease['offer'] {
  if (offer === undefined) return null
  const { channel, missing, about, picture } = offer
  return {
    channel,
    missing,
    about: inLanguage(about, locale),
    picture:
      picture === null
        ? null
        : {
            address: `data:image/png;base64,${Buffer.from(picture.data).toString('base64')}`,
            alt: inLanguage(picture.alt, locale),
          },
  }
}

function inLanguage(text: Readonly<Record<string, string>>, locale: Locale): string {
  return text[locale] ?? text['en'] ?? ''
}
