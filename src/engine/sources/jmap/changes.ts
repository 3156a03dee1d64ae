import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { Unintelligible } from '../web-failure.ts';
import { getEmails, type RemoteEmail } from './emails.ts';
import { isMethodRefused, type Look, type ReadOnlyJmap } from './read-only-jmap.ts';
import { id, list, type Said, text } from './values.ts';

/** What happened since a state, as far as the server tells it. */
export interface Changes {
  readonly created: ReadonlySet<string>;
  readonly updated: ReadonlySet<string>;
  readonly destroyed: ReadonlySet<string>;
  readonly state: string;
}

/** Of emails, with what those that are there are now. */
export interface EmailChanges extends Changes {
  readonly emails: ReadonlyMap<string, RemoteEmail>;
}

/** Of one answer that the server cuts again and again. */
const mostSteps = 1000;

/** RFC 8620, section 5.2. Undefined: the server cannot say, what it says makes no sense, or it is more than `most`. */
export async function changesSince(
  jmap: ReadOnlyJmap,
  method: Look & `${string}/changes`,
  since: string,
  most: number,
  run: Pick<RunContext, 'signal'>,
  asId: (value: unknown, what: string) => string = id,
): Promise<Changes | undefined> {
  const ids = (value: unknown, what: string): readonly string[] => list(value, what).map((one) => asId(one, what));
  const created = new Set<string>();
  const updated = new Set<string>();
  const destroyed = new Set<string>();
  const states = new Set([since]);
  for (let state = since; ; ) {
    stopIfCancelled(run);
    const answer = await asked(jmap, method, state);
    if (answer === undefined) return undefined;
    // What is told later counts: an email that comes back may have the id that it had.
    for (const id of ids(answer['destroyed'], 'destroyed')) {
      destroyed.add(id);
      for (const others of [created, updated]) others.delete(id);
    }
    for (const id of ids(answer['created'], 'created')) created.add(id);
    for (const id of ids(answer['updated'], 'updated')) updated.add(id);
    if (created.size + updated.size + destroyed.size > most) return undefined;
    state = text(answer['newState'], 'newState');
    if (answer['hasMoreChanges'] !== true) return { created, updated, destroyed, state };
    // A circle: it would go on for ever.
    if (states.has(state) || states.size === mostSteps) return undefined;
    states.add(state);
  }
}

/** Undefined: the state is no good, whatever a server calls that. */
async function asked(jmap: ReadOnlyJmap, method: Look, sinceState: string): Promise<Said | undefined> {
  try {
    const [answer] = await jmap.ask([method, { sinceState }]);
    return answer;
  } catch (error) {
    if (isMethodRefused(error, 'cannotCalculateChanges', 'invalidArguments', 'serverFail', 'requestTooLarge')) return undefined;
    throw error;
  }
}

/** One that is not found is gone since: whoever asks next is told so. */
export async function emailChangesSince(
  jmap: ReadOnlyJmap,
  since: string,
  run: Pick<RunContext, 'signal'>,
): Promise<EmailChanges | undefined> {
  const changes = await changesSince(jmap, 'Email/changes', since, jmap.limits.changes, run);
  if (changes === undefined) return undefined;
  const emails = new Map<string, RemoteEmail>();
  const wanted = [...new Set([...changes.created, ...changes.updated])];
  for (let at = 0; at < wanted.length; at += jmap.objects) {
    stopIfCancelled(run);
    for (const [id, email] of await getEmails(jmap, wanted.slice(at, at + jmap.objects))) emails.set(id, email);
  }
  return { ...changes, emails };
}

/** Changes of the account's emails, asked once for each state that some mailbox was listed at. */
export class ChangesOfEmails {
  readonly #jmap: ReadOnlyJmap;
  readonly #now: string;
  readonly #run: RunContext;
  readonly #since = new Map<string, Promise<EmailChanges | undefined>>();

  /** `now`: the state at the beginning of the walk. */
  constructor(jmap: ReadOnlyJmap, now: string, run: RunContext) {
    this.#jmap = jmap;
    this.#now = now;
    this.#run = run;
  }

  since(state: string): Promise<EmailChanges | undefined> {
    let changes = this.#since.get(state);
    if (changes === undefined) {
      changes = state === this.#now ? Promise.resolve(nothingSince(state)) : this.#ask(state);
      this.#since.set(state, changes);
    }
    return changes;
  }

  async #ask(state: string): Promise<EmailChanges | undefined> {
    try {
      return await emailChangesSince(this.#jmap, state, this.#run);
    } catch (error) {
      // What cannot be understood is no change: everything is listed, and that has to be understood.
      if (error instanceof Unintelligible) return undefined;
      throw error;
    }
  }
}

const nothingSince = (state: string): EmailChanges => ({
  created: new Set(),
  updated: new Set(),
  destroyed: new Set(),
  emails: new Map(),
  state,
});
