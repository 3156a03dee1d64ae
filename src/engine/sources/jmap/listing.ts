import type { JsonObject } from '../../../shared/domain/json.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { FolderScan, Sighting } from '../source.ts';
import { asFolderFailure, folderUnreadable, Unintelligible } from '../web-failure.ts';
import { type ChangesOfEmails, type EmailChanges, emailChangesSince } from './changes.ts';
import { isFresh, type JmapCursor, toCursor } from './cursor.ts';
import { getEmails, sightingOf } from './emails.ts';
import type { RemoteMailbox } from './mailboxes.ts';
import { isMethodRefused, type ReadOnlyJmap } from './read-only-jmap.ts';
import { count, ids } from './values.ts';

export interface ListedMailbox {
  readonly mailbox: RemoteMailbox;
  /** Of all emails, from before anything was listed: whatever changes meanwhile is newer. */
  readonly emailState: string;
  readonly changes: ChangesOfEmails;
  readonly known: JmapCursor | undefined;
  /** Stands before what emails are known by: ids of two accounts may be the same. */
  readonly idsOf: string;
}

/** So often everything is listed where somebody is at work in the mailbox all the while. */
const passes = 3;

/** What changed where the server can say so and its count agrees, otherwise everything. */
export class MailboxListing implements FolderScan {
  readonly #jmap: ReadOnlyJmap;
  readonly #listed: ListedMailbox;
  readonly #run: RunContext;
  #completeness: 'full' | 'changes' = 'full';
  #vanished: readonly string[] = [];
  #cursor: JmapCursor | undefined;
  readonly sightings: AsyncIterable<readonly Sighting[]>;

  constructor(jmap: ReadOnlyJmap, listed: ListedMailbox, run: RunContext) {
    this.#jmap = jmap;
    this.#listed = listed;
    this.#run = run;
    this.sightings = this.#list();
  }

  get completeness(): 'full' | 'changes' {
    return this.#completeness;
  }

  vanished(): readonly string[] {
    return this.#vanished;
  }

  cursor(): JsonObject | undefined {
    return this.#cursor && toCursor(this.#cursor);
  }

  async *#list(): AsyncGenerator<readonly Sighting[]> {
    try {
      const changed = await this.#changed();
      if (changed === undefined) {
        yield* this.#all();
      } else {
        this.#completeness = 'changes';
        yield changed;
      }
    } catch (error) {
      throw asFolderFailure(error, this.#listed.mailbox.name);
    }
  }

  /** Undefined: the server does not say, or what it says is not to be believed. */
  async #changed(): Promise<readonly Sighting[] | undefined> {
    const { known, mailbox, changes } = this.#listed;
    const accountId = this.#jmap.account.id;
    if (known === undefined || known.account !== accountId || !isFresh(known, this.#run.clock.nowMs())) return undefined;
    const told = await changes.since(known.state);
    if (told === undefined || !addsUp(known, mailbox, told)) return undefined;
    const sightings: Sighting[] = [];
    const gone = new Set([...told.destroyed].filter((id) => !told.emails.has(id)));
    for (const email of told.emails.values())
      if (email.mailboxIds.has(mailbox.id)) sightings.push(sightingOf(email, this.#listed.idsOf));
      else gone.add(email.id);
    this.#vanished = [...gone];
    this.#cursor = { ...known, state: told.state, emails: mailbox.emails };
    return sightings;
  }

  /**
   * Each email once, however often it has to be listed. Complete only where, in one pass, every email that the server counts was there, or
   * all that nobody touched meanwhile: what is missing must not be taken for deleted.
   */
  async *#all(): AsyncGenerator<readonly Sighting[]> {
    const { mailbox, emailState } = this.#listed;
    const listedAtMs = this.#run.clock.nowMs();
    const told = new Set<string>();
    let reason = '';
    for (let pass = 0; pass < passes; pass++) {
      const tally: Tally = { here: new Set(), total: 0, isAtEnd: false };
      for await (const batch of this.#pass(tally)) {
        const fresh = batch.filter(({ key }) => !told.has(key));
        for (const { key } of fresh) told.add(key);
        if (fresh.length > 0) yield fresh;
      }
      if ((tally.isAtEnd && tally.here.size === tally.total) || (await this.#hasAllUntouched(tally.here))) {
        this.#cursor = { account: this.#jmap.account.id, state: emailState, emails: mailbox.emails, listedAtMs };
        return;
      }
      reason = `${tally.here.size} of ${tally.total} messages listed`;
    }
    throw folderUnreadable(mailbox.name, reason);
  }

  /**
   * From the oldest to the newest, each step from the last email of the one before (RFC 8620, section 5.5): what comes or goes meanwhile
   * moves none of the others out of sight.
   */
  async *#pass(tally: Tally): AsyncGenerator<readonly Sighting[]> {
    const { mailbox } = this.#listed;
    const seen = new Set<string>();
    for (let step: readonly string[] = []; ; ) {
      stopIfCancelled(this.#run);
      const answer = await this.#query(step);
      if (answer === undefined) return;
      tally.total = answer.total;
      step = answer.ids.filter((id) => !seen.has(id));
      if (step.length === 0) return void (tally.isAtEnd = true);
      const isAllAtOnce = seen.size === 0 && step.length === answer.total;
      for (const id of step) seen.add(id);
      if (seen.size > mostEmails) throw new Unintelligible('more messages than any mailbox holds');
      const emails = await getEmails(this.#jmap, step);
      const here = [...emails.values()].filter(({ mailboxIds }) => mailboxIds.has(mailbox.id));
      for (const { id } of here) tally.here.add(id);
      yield here.map((email) => sightingOf(email, this.#listed.idsOf));
      if (isAllAtOnce) return void (tally.isAtEnd = true);
    }
  }

  /** Somebody is at work: those that changed since the beginning are left to the next walk, and all others must be among what was listed. */
  async #hasAllUntouched(listed: ReadonlySet<string>): Promise<boolean> {
    const { mailbox, emailState } = this.#listed;
    const changes = await emailChangesSince(this.#jmap, emailState, this.#run);
    const now = await this.#query([]);
    if (changes === undefined || now === undefined) return false;
    const later = await emailChangesSince(this.#jmap, changes.state, this.#run);
    if (later === undefined || later.created.size + later.updated.size + later.destroyed.size > 0) return false;
    const { created, updated, destroyed, emails } = changes;
    const untouched = [...listed].filter((id) => !created.has(id) && !updated.has(id) && !destroyed.has(id)).length;
    const touched = [...emails.values()].filter(({ mailboxIds }) => mailboxIds.has(mailbox.id)).length;
    return untouched + touched === now.total;
  }

  /** Undefined: of the step before all are gone. */
  async #query(before: readonly string[]): Promise<{ readonly ids: readonly string[]; readonly total: number } | undefined> {
    const query = {
      filter: { inMailbox: this.#listed.mailbox.id },
      sort: [{ property: 'receivedAt', isAscending: true }],
      limit: this.#jmap.objects,
      calculateTotal: true,
    };
    const anchors = before.length === 0 ? [undefined] : before.toReversed().slice(0, anchorTries);
    for (const anchor of anchors) {
      try {
        const [answer] = await this.#jmap.ask([
          'Email/query',
          anchor === undefined ? { ...query, position: 0 } : { ...query, anchor, anchorOffset: 1 },
        ]);
        const found = ids(answer?.['ids'], 'ids');
        return { ids: found.slice(0, this.#jmap.objects), total: count(answer?.['total'], 'total') };
      } catch (error) {
        if (!isMethodRefused(error, 'anchorNotFound')) throw error;
      }
    }
    return undefined;
  }
}

/** What one pass found in the mailbox, and how many the server counts there. */
interface Tally {
  readonly here: Set<string>;
  total: number;
  /** Nothing comes after it. The number alone does not say so: where some have gone meanwhile, others make it up. */
  isAtEnd: boolean;
}

const anchorTries = 20;
/** A server that goes on for ever is stopped before the memory is full. */
const mostEmails = 4_000_000;

/** The emails of then and those that are new, less or plus those that may have gone or come, must make the number that the server counts now. */
function addsUp(known: JmapCursor, mailbox: RemoteMailbox, { created, updated, destroyed, emails }: EmailChanges): boolean {
  const isIn = (id: string): boolean => emails.get(id)?.mailboxIds.has(mailbox.id) === true;
  const arrived = [...created].filter(isIn).length;
  const others = [...updated].filter((id) => !created.has(id));
  const stayed = others.filter(isIn).length;
  const least = known.emails + arrived - (others.length - stayed) - destroyed.size;
  return least <= mailbox.emails && mailbox.emails <= known.emails + arrived + stayed;
}
