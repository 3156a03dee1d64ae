import type { Catalog, Selection } from '../catalog/index.ts';
import { turn } from '../kernel/turn.ts';

/** So many moments back, and no further. */
const most = 100;
/** Fewer are not worth a word, unless all are gone. */
const worthSaying = 10;

interface Loss {
  readonly atMs: number;
  readonly items: number;
}

/**
 * Whether there was far more before the chosen state: an earlier moment that held more than twice as much, provided that ten items or
 * more are missing, or that nothing at all is left. An account that was emptied is a correct newest state, and restores nothing.
 *
 * Looks back in growing steps, and then for the last moment before the loss in between: each look counts a whole account. What was
 * lost and came back between two looks is not seen.
 */
export async function beforeLoss(
  catalog: Pick<Catalog, 'moments' | 'measure'>,
  selection: Selection,
  atMs: number | null,
  items: number,
): Promise<Loss | null> {
  const earlier = catalog.moments(most).filter((moment) => atMs === null || moment.atMs < atMs);
  const lossAt = async (index: number): Promise<Loss | null> => {
    const moment = earlier[index];
    if (moment === undefined) return null;
    await turn();
    const before = catalog.measure(selection, moment.atMs).items;
    const isFarMore = before > items * 2 && (before - items >= worthSaying || items === 0);
    return isFarMore ? { atMs: moment.atMs, items: before } : null;
  };
  let near = -1;
  for (let step = 1; near < earlier.length - 1; step *= 2) {
    const far = Math.min(near + step, earlier.length - 1);
    const loss = await lossAt(far);
    if (loss !== null) return lastBefore(lossAt, near, { index: far, loss });
    near = far;
  }
  return null;
}

/** Between a moment that shows no loss yet and an older one that does. */
async function lastBefore(
  lossAt: (index: number) => Promise<Loss | null>,
  from: number,
  { index, loss }: { readonly index: number; readonly loss: Loss },
): Promise<Loss> {
  if (index - from <= 1) return loss;
  const middle = Math.floor((from + index) / 2);
  const found = await lossAt(middle);
  return found === null ? lastBefore(lossAt, middle, { index, loss }) : lastBefore(lossAt, from, { index: middle, loss: found });
}
