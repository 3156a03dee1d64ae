import { changesSince } from './changes.ts';
import { getEmails } from './emails.ts';
import { listMailboxes } from './mailboxes.ts';
import { listCollections } from './object-collections.ts';
import { type Dialect, dialectsOf } from './object-dialects.ts';
import { placesOfDialect } from './object-places.ts';
import { type Above, atTheTop, type Going } from './place.ts';
import { prefixOf, sharedOf } from './places.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';
import { mail } from './session-object.ts';

/** What changes for itself, and tells of it: the mail of one account, its calendars, or its contacts. */
export interface Watched {
  readonly accountId: string;
  /** Without it there is nothing to watch: the user's own mail. */
  readonly isVital: boolean;
  /** Of what a stream of events is to tell. */
  readonly types: readonly string[];
  /** By type of object, where it was when we last looked. */
  readonly states: Readonly<Record<string, string>>;
  /** Keys of all its folders; from now on changes are noticed. */
  begin(): Promise<readonly string[]>;
  /** Keys of those that may have changed since; undefined: none, and nothing else. */
  look(): Promise<readonly string[] | undefined>;
}

/** Everything that a walk goes through. */
export function allWatched(jmap: ReadOnlyJmap, run: Going): readonly Watched[] {
  const shared = sharedOf(jmap).map((account) => ({ of: jmap.of(account), prefix: prefixOf(account) }));
  return [{ of: jmap, prefix: '' }, ...shared].flatMap(({ of, prefix }) => [
    ...(prefix === '' || of.account.offers.has(mail) ? [new WatchedMail(of, prefix, run)] : []),
    ...dialectsOf(of.account.offers).map((dialect) => new WatchedObjects(of, dialect, prefix, run)),
  ]);
}

/** Above so many changes every mailbox is looked at. */
const mostChanges = 2000;

class WatchedMail implements Watched {
  readonly accountId: string;
  readonly isVital: boolean;
  readonly types = ['Email', 'Mailbox'];
  readonly #jmap: ReadOnlyJmap;
  readonly #prefix: string;
  readonly #run: Going;
  states: { readonly Mailbox: string; readonly Email: string } = { Mailbox: '', Email: '' };

  constructor(jmap: ReadOnlyJmap, prefix: string, run: Going) {
    this.accountId = jmap.account.id;
    this.isVital = prefix === '';
    this.#jmap = jmap;
    this.#prefix = prefix;
    this.#run = run;
  }

  async begin(): Promise<readonly string[]> {
    const { mailboxes, emailState, mailboxState } = await listMailboxes(this.#jmap);
    this.states = { Mailbox: mailboxState, Email: emailState };
    return mailboxes.map(({ id }) => this.#prefix + id);
  }

  /** A mailbox is told where its numbers changed, which shows what left it, and where an email that changed lies now. */
  async look(): Promise<readonly string[] | undefined> {
    const { Mailbox: sinceMailboxes, Email: sinceEmails } = this.states;
    const mailboxes = await changesSince(this.#jmap, 'Mailbox/changes', sinceMailboxes, mostChanges, this.#run);
    const emails = await changesSince(this.#jmap, 'Email/changes', sinceEmails, mostChanges, this.#run);
    if (mailboxes === undefined || emails === undefined) return this.begin();
    const folders = new Set([...mailboxes.created, ...mailboxes.updated]);
    const changed = [...new Set([...emails.created, ...emails.updated])];
    for (let at = 0; at < changed.length; at += this.#jmap.objects)
      for (const { mailboxIds } of (await getEmails(this.#jmap, changed.slice(at, at + this.#jmap.objects))).values())
        for (const id of mailboxIds) folders.add(id);
    this.states = { Mailbox: mailboxes.state, Email: emails.state };
    const isAnything = folders.size + mailboxes.destroyed.size + emails.destroyed.size > 0;
    return isAnything ? [...folders].map((id) => this.#prefix + id) : undefined;
  }
}

class WatchedObjects implements Watched {
  readonly isVital = false;
  readonly accountId: string;
  readonly types: readonly string[];
  readonly #jmap: ReadOnlyJmap;
  readonly #dialect: Dialect;
  readonly #above: Above;
  readonly #run: Going;
  /** What was there when we last looked: of what has gone, too, somebody has to be told. */
  #keys: readonly string[] = [];
  states: Readonly<Record<string, string>> = {};

  constructor(jmap: ReadOnlyJmap, dialect: Dialect, prefix: string, run: Going) {
    this.accountId = jmap.account.id;
    this.types = [...dialect.types.map(({ type }) => type), ...(dialect.collections === undefined ? [] : [dialect.collections])];
    this.#jmap = jmap;
    this.#dialect = dialect;
    this.#above = prefix === '' ? atTheTop : { key: prefix, path: [prefix], prefix };
    this.#run = run;
  }

  async begin(): Promise<readonly string[]> {
    this.states = await this.#now();
    const where = { above: this.#above, beside: [], skips: () => false };
    const places = await placesOfDialect(this.#jmap, this.#dialect, where, () => undefined, this.#run);
    this.#keys = places.map(({ key }) => key);
    return this.#keys;
  }

  /** All of them, as soon as anything changed: there are few, and the walk knows what it is that did. */
  async look(): Promise<readonly string[] | undefined> {
    const now = await this.#now();
    if (Object.entries(now).every(([type, state]) => this.states[type] === state)) return undefined;
    const before = this.#keys;
    return [...before, ...(await this.begin())];
  }

  async #now(): Promise<Readonly<Record<string, string>>> {
    const { states, state } = await listCollections(this.#jmap.using(this.#dialect.capabilities), this.#dialect);
    return {
      ...states,
      ...(state === undefined || this.#dialect.collections === undefined ? {} : { [this.#dialect.collections]: state }),
    };
  }
}
