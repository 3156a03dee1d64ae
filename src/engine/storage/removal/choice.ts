import type { SurveyedPack } from './survey.ts';
import type { Standing } from './standing.ts';

/** Which packs go. */
export interface Choice {
  /** Nothing in them is needed. */
  readonly unused: readonly SurveyedPack[];
  /** What is needed of them is written anew, in this order. */
  readonly repacked: readonly SurveyedPack[];
  /** How many more would be, were there room. */
  readonly postponed: number;
}

export interface Room {
  /** Below this share of what is needed a pack is written anew. */
  readonly leastLive: number;
  readonly packBytes: number;
  /** How much may be written. */
  readonly freeBytes: number;
}

/** So many small packs may lie around before they are joined: each cycle makes at least one. */
const mostSmall = 16;

export function choosePacks(surveyed: readonly SurveyedPack[], { unfinished }: Standing, room: Room): Choice {
  const unused = surveyed.filter(({ id, liveBytes }) => liveBytes === 0 && !unfinished.has(id));
  const used = surveyed.filter(({ liveBytes }) => liveBytes > 0);
  const hidden = used.filter(({ hasStubs }) => hasStubs);
  const free = used.filter(({ id, hasStubs }) => !hasStubs && !unfinished.has(id));
  const worst = free.filter((pack) => liveShare(pack) < room.leastLive).sort((a, b) => liveShare(a) - liveShare(b));
  const small = free.filter((pack) => pack.sizeBytes * 4 <= room.packBytes && !worst.includes(pack));
  const wanted = [...hidden, ...worst, ...(small.length > mostSmall ? small : [])];
  const fitting = whileThereIsRoom(wanted, room);
  // A prune that moves any record of manifests makes stubs of all that is hidden, or a catalog could not tell of which.
  const repacked = fitting.length < hidden.length ? [] : fitting;
  return { unused, repacked, postponed: wanted.length - repacked.length };
}

const liveShare = ({ liveBytes, deadBytes }: SurveyedPack): number => liveBytes / (liveBytes + deadBytes);

/** One pack must fit besides, at any time. */
function whileThereIsRoom(wanted: readonly SurveyedPack[], { packBytes, freeBytes }: Room): SurveyedPack[] {
  let left = freeBytes - packBytes;
  const chosen: SurveyedPack[] = [];
  for (const pack of wanted) {
    // A new pack is padded, like an old one.
    left -= Math.min(pack.liveBytes * 1.05 + 65_536, pack.sizeBytes);
    if (left < 0) break;
    chosen.push(pack);
  }
  return chosen;
}
