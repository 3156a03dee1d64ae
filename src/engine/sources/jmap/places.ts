import { failureOf } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { asFolderFailure, asSourceFailure, isFolderFailure } from '../web-failure.ts';
import type { JmapAccount } from './accounts.ts';
import { mailPlaces } from './mail-places.ts';
import { dialectsOf } from './object-dialects.ts';
import { objectPlaces, type Remembered, type Skips } from './object-places.ts';
import { type Above, apart, atTheTop, holder, type Place } from './place.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';
import { mail } from './session-object.ts';

export interface Asked {
  readonly remembered: Remembered;
  readonly skips: Skips;
}

/** Every folder of the source, parents before children: the user's own mail, calendars and contacts, then what others share with him. */
export async function allPlaces(jmap: ReadOnlyJmap, { remembered, skips }: Asked, run: RunContext): Promise<readonly Place[]> {
  try {
    const places = [...(await mailPlaces(jmap, atTheTop, run))];
    places.push(...(await objectPlaces(jmap, { above: atTheTop, beside: places, skips }, remembered, run)));
    for (const account of sharedOf(jmap)) places.push(...(await placesOf(jmap.of(account), places, { remembered, skips }, run)));
    return places;
  } catch (error) {
    throw asSourceFailure(error, jmap.origin);
  }
}

/** Those of which something can be kept. */
export const sharedOf = ({ session }: ReadOnlyJmap): readonly JmapAccount[] =>
  session.others.filter(({ offers }) => offers.has(mail) || dialectsOf(offers).length > 0);

/** What stands before the keys of all that lies in another account. */
export const prefixOf = ({ id }: JmapAccount): string => `${encodeURIComponent(id)}/`;

/** An account that cannot be looked at now is unreadable, and the others are read. */
async function placesOf(
  jmap: ReadOnlyJmap,
  beside: readonly Place[],
  { remembered, skips }: Asked,
  run: RunContext,
): Promise<readonly Place[]> {
  const { account } = jmap;
  const prefix = prefixOf(account);
  const name = apart(account.name, account.id, beside, '');
  const above: Above = { key: prefix, path: [name], prefix };
  if (skips([name])) return [];
  const own = { key: prefix, parentKey: '', path: [name], isShared: account.isShared, metadata: { accountId: account.id } };
  try {
    const mailboxes = account.offers.has(mail) ? await mailPlaces(jmap, above, run) : [];
    return [holder(own), ...mailboxes, ...(await objectPlaces(jmap, { above, beside: mailboxes, skips }, remembered, run))];
  } catch (error) {
    const failure = asFolderFailure(error, name);
    if (!isFolderFailure(failure)) throw error;
    return [holder({ ...own, problem: failureOf(failure) })];
  }
}
