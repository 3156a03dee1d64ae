import { Unintelligible } from '../web-failure.ts';
import { isHalf, said, text } from './values.ts';

/** One of the accounts that a session names (RFC 8620, section 2): the user's own, or one that somebody shares with him. */
export interface JmapAccount {
  readonly id: string;
  readonly name: string;
  /** What can be asked of it. */
  readonly offers: ReadonlySet<string>;
  /** It belongs to others, or to everybody. */
  readonly isShared: boolean;
}

/** In the order of their ids, so that nothing depends on how a server lists them today. */
export function readAccounts(value: unknown): readonly JmapAccount[] {
  const rows = Object.entries(said(value ?? {}, 'accounts'));
  if (rows.length > mostAccounts) throw new Unintelligible('more accounts than anybody shares');
  return rows.sort(([one], [other]) => (one < other ? -1 : 1)).map(([id, row]) => accountOf(id, row));
}

function accountOf(id: string, row: unknown): JmapAccount {
  const account = said(row, 'account');
  const name = account['name'];
  return {
    id: accountId(id),
    name: typeof name === 'string' && name !== '' && name.length <= longestName ? name.normalize('NFC') : id,
    offers: new Set(Object.keys(said(account['accountCapabilities'] ?? {}, 'accountCapabilities'))),
    isShared: account['isPersonal'] !== true,
  };
}

/** Some servers do not say what their one account can do: what the server can, then. */
export function ownAccount(primary: unknown, accounts: readonly JmapAccount[], offered: readonly string[]): JmapAccount {
  const id = accountId(primary);
  const told = accounts.find((account) => account.id === id);
  return {
    id,
    name: told?.name ?? id,
    offers: told !== undefined && told.offers.size > 0 ? told.offers : new Set(offered),
    isShared: false,
  };
}

/** Some servers use the user's name, which is more than an id may be; it goes where it is encoded, and nowhere else. */
function accountId(value: unknown): string {
  const id = text(value, 'account');
  if (id === '' || id.length > 255 || isHalf(id)) throw new Unintelligible('no id: account');
  return id;
}

const mostAccounts = 1000;
const longestName = 255;
