import { MiB, alignDown, bytes, type Bytes } from '../../base/bytes.ts'
import type { SpaceCandidate } from './space-candidate.ts'
import type { Span } from './space-need.ts'

/** Sizes of the partitions to make, in bytes and multiples of 1 MiB; null: none of that kind. */
export interface Allocation {
  readonly boot: Bytes | null
  readonly data: Bytes | null
}

/** Where new partitions go, and how large they are there. */
export interface RoomUse extends Allocation {
  readonly room: SpaceCandidate
}

interface Wish {
  readonly boot: Span | null
  readonly data: Span | null
}

/**
 * The best room for what is wished: the smallest gap that holds all of it, else the volume that can give most, else
 * less than was wished from the largest gap or volume. Null when even the least fits nowhere.
 */
export function chooseRoom(rooms: readonly SpaceCandidate[], wish: Wish): RoomUse | null {
  const fit = rooms.filter((room) => room.refusal === null)
  const wanted = (wish.boot?.wanted ?? 0) + (wish.data?.wanted ?? 0)
  const gaps = fit.filter((room) => room.kind === 'gap').sort((a, b) => a.available - b.available)
  const volumes = fit.filter((room) => room.kind === 'shrink').sort((a, b) => b.available - a.available)
  const whole = [...gaps, ...volumes].find((room) => room.available >= wanted)
  if (whole !== undefined) {
    return { room: whole, boot: wish.boot?.wanted ?? null, data: wish.data?.wanted ?? null }
  }
  for (const room of [...gaps.reverse(), ...volumes]) {
    const use = reduced(room, wish)
    if (use !== null) return { room, ...use }
  }
  return null
}

/** As much as a room that is too small can give. A volume that shrinks keeps half of what it could give up. */
function reduced(room: SpaceCandidate, wish: Wish): Allocation | null {
  const least = (wish.boot?.least ?? 0) + (wish.data?.least ?? 0)
  if (room.available < least) return null
  const generous = room.kind === 'shrink' ? alignDown(room.available / 2, MiB) : room.available
  const spend = Math.max(least, alignDown(generous, MiB))
  const data = wish.data === null ? 0 : Math.min(wish.data.wanted, spend - (wish.boot?.least ?? 0))
  const boot = wish.boot === null ? 0 : Math.min(wish.boot.wanted, spend - data)
  return {
    boot: wish.boot === null ? null : bytes(boot),
    data: wish.data === null ? null : bytes(data),
  }
}
