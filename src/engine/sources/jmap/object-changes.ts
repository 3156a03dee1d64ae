import { canonicalJson } from '../../../shared/domain/json.ts';
import { stopIfCancelled } from '../../kernel/run-context.ts';
import { Unintelligible } from '../web-failure.ts';
import { changesSince } from './changes.ts';
import type { States } from './object-collections.ts';
import type { Dialect, ObjectType } from './object-dialects.ts';
import { getObjects, inQuestions, keyOf, objectId, type RemoteObject } from './objects.ts';
import type { Going } from './place.ts';
import { isMethodRefused, type ReadOnlyJmap } from './read-only-jmap.ts';
import { count, list } from './values.ts';

/** What happened since some states, with all that is there now of what it happened to. */
export interface ObjectChanges {
  readonly rows: readonly RemoteObject[];
  /** Keys of all that were touched: whichever is not among the rows of a collection is not in it. */
  readonly touched: ReadonlySet<string>;
  readonly states: States;
}

/** So often everything is listed where somebody is at work all the while. */
const passes = 3;

/** Events or contacts of one account, each question about all of them asked once in a walk. */
export class ObjectsOfAccount {
  readonly #jmap: ReadOnlyJmap;
  readonly #dialect: Dialect;
  readonly #run: Going;
  readonly #since = new Map<string, Promise<ObjectChanges | undefined>>();
  #all: Promise<readonly RemoteObject[]> | undefined;
  /** From before anything was listed: whatever changes meanwhile is newer. */
  readonly now: States;

  constructor(jmap: ReadOnlyJmap, dialect: Dialect, now: States, run: Going) {
    this.#jmap = jmap;
    this.#dialect = dialect;
    this.now = now;
    this.#run = run;
  }

  all(): Promise<readonly RemoteObject[]> {
    this.#all ??= this.#listAll();
    return this.#all;
  }

  /** Undefined: the server cannot say, or what it says makes no sense. */
  since(states: States): Promise<ObjectChanges | undefined> {
    const from = canonicalJson(states);
    let changes = this.#since.get(from);
    if (changes === undefined) {
      changes = this.#changes(states);
      this.#since.set(from, changes);
    }
    return changes;
  }

  async #changes(states: States): Promise<ObjectChanges | undefined> {
    const rows: RemoteObject[] = [];
    const touched = new Set<string>();
    const after: Record<string, string> = {};
    try {
      for (const type of this.#dialect.types) {
        const changed = await this.#changed(type, states[type.type]);
        if (changed === undefined) return undefined;
        for (const id of changed.ids) touched.add(keyOf({ id, type: type.type }, this.#dialect));
        rows.push(...changed.rows);
        after[type.type] = changed.state;
      }
      return { rows, touched, states: after };
    } catch (error) {
      // What cannot be understood is no change: everything is listed, and that has to be understood.
      if (error instanceof Unintelligible) return undefined;
      throw error;
    }
  }

  async #changed(type: ObjectType, since: string | undefined) {
    if (since === undefined) return undefined;
    if (since === this.now[type.type]) return { ids: [], rows: [], state: since };
    const { limits } = this.#jmap;
    const changes = await changesSince(this.#jmap, `${type.type}/changes`, since, limits.changes, this.#run, objectId);
    if (changes === undefined) return undefined;
    // Also those that are said to be destroyed: of several with one id one may be left, or it lies in another collection now.
    const ids = [...new Set([...changes.created, ...changes.updated, ...changes.destroyed])];
    return { ids, rows: await this.#rowsOf(type, ids), state: changes.state };
  }

  async #rowsOf(type: ObjectType, ids: Iterable<string>): Promise<RemoteObject[]> {
    const rows: RemoteObject[] = [];
    for (const piece of inQuestions(this.#jmap, ids)) {
      stopIfCancelled(this.#run);
      rows.push(...(await getObjects(this.#jmap, type, piece)).rows);
    }
    return rows;
  }

  async #listAll(): Promise<readonly RemoteObject[]> {
    const rows: RemoteObject[] = [];
    for (const type of this.#dialect.types) {
      stopIfCancelled(this.#run);
      rows.push(...(await this.#allOf(type)));
    }
    return rows;
  }

  /** At once where the server does that (RFC 8620, section 5.1), else in pieces. */
  async #allOf(type: ObjectType): Promise<readonly RemoteObject[]> {
    try {
      return (await getObjects(this.#jmap, type, null)).rows;
    } catch (error) {
      if (!isMethodRefused(error, 'requestTooLarge')) throw error;
      return this.#allInPieces(type);
    }
  }

  /** Complete only where as many were found as the server counts, and nothing changed meanwhile. */
  async #allInPieces(type: ObjectType): Promise<readonly RemoteObject[]> {
    let reason = '';
    for (let pass = 0; pass < passes; pass++) {
      const { state } = await getObjects(this.#jmap, type, []);
      const { ids, total } = await this.#query(type);
      const rows = await this.#rowsOf(type, ids);
      const found = new Set(rows.map(({ id }) => id));
      const isWhole = ids.size === total && [...ids].every((id) => found.has(id));
      const isStill = (await getObjects(this.#jmap, type, [])).state === state;
      if (isWhole && isStill) return rows;
      reason = isStill ? `${found.size} of ${total} listed` : 'changed again and again';
    }
    throw new Unintelligible(reason);
  }

  async #query({ type }: ObjectType): Promise<{ readonly ids: ReadonlySet<string>; readonly total: number }> {
    const ids = new Set<string>();
    for (;;) {
      stopIfCancelled(this.#run);
      const asked = { position: ids.size, limit: this.#jmap.objects, calculateTotal: true };
      const [answer] = await this.#jmap.ask([`${type}/query`, asked]);
      const total = count(answer?.['total'], 'total');
      const before = ids.size;
      for (const id of list(answer?.['ids'], 'ids')) ids.add(objectId(id, 'ids'));
      if (ids.size === before || ids.size >= total) return { ids, total };
      if (ids.size > mostObjects) throw new Unintelligible('more than anybody has');
    }
  }
}

/** A server that goes on for ever is stopped before the memory is full. */
const mostObjects = 1_000_000;
