import type { JmapSettings } from '../../../shared/domain/source-settings.ts';
import { failureOf, StrataError } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { CredentialReader } from '../credential.ts';
import { pollMs } from '../polling.ts';
import type { Watcher, WatchListener } from '../source.ts';
import type { Answer } from '../web-connection.ts';
import { asSourceFailure, isRefused, Unintelligible } from '../web-failure.ts';
import { connectJmap } from './connect.ts';
import { readEvents, type ServerEvent } from './event-stream.ts';
import type { JmapLimits } from './limits.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';
import { allWatched, type Watched } from './watched.ts';

/** The server is asked to say something so often, so that silence means that it is gone. */
const pingSeconds = 60;
const silenceMs = 4 * 60_000;
/** An open stream is begun anew after a day: whatever stands in between has forgotten it by then. */
const answerMs = 86_400_000;
/** Several changes at once are asked about once. */
const gatherMs = 500;

/** Notices what happens in an account: by the server's stream of events where it has one, else by asking for changes every few minutes. */
export async function watchJmap(
  settings: JmapSettings,
  credential: CredentialReader,
  limits: JmapLimits,
  listener: WatchListener,
): Promise<Watcher> {
  const closed = new AbortController();
  const run = { clock: listener.clock, signal: AbortSignal.any([listener.signal, closed.signal]) };
  const jmap = await connectJmap(settings, credential, { ...limits, silenceMs, answerMs }, run);
  const watcher = new JmapWatcher(jmap, run, listener, () => closed.abort());
  try {
    await watcher.begin();
    return watcher;
  } catch (error) {
    await watcher.close();
    throw asSourceFailure(error, jmap.origin);
  }
}

class JmapWatcher implements Watcher {
  readonly #jmap: ReadOnlyJmap;
  readonly #run: Pick<RunContext, 'clock' | 'signal'>;
  readonly #listener: WatchListener;
  readonly #end: () => void;
  readonly #watched: readonly Watched[];
  #hasEvents = false;
  readonly places = null;

  constructor(jmap: ReadOnlyJmap, run: Pick<RunContext, 'clock' | 'signal'>, listener: WatchListener, end: () => void) {
    this.#jmap = jmap;
    this.#watched = allWatched(jmap, run);
    this.#run = run;
    this.#listener = listener;
    this.#end = end;
  }

  get by(): Watcher['by'] {
    return this.#hasEvents ? 'events' : 'polling';
  }
  get everyMs(): number | null {
    return this.#hasEvents ? null : pollMs;
  }

  async begin(): Promise<void> {
    // It is opened first and asked then: what changes between the two is told and seen.
    const types = [...new Set(this.#watched.flatMap(({ types: own }) => own))];
    const events = await this.#jmap.events(types, pingSeconds);
    this.#hasEvents = events !== undefined;
    await this.#tellAll();
    void this.#follow(events);
  }

  async close(): Promise<void> {
    this.#end();
    this.#jmap.close();
  }

  async #follow(events: Answer | undefined): Promise<void> {
    try {
      if (events === undefined) await this.#poll();
      else await this.#listen(events);
    } catch (error) {
      if (this.#run.signal.aborted) return;
      this.#listener.lost(failureOf(asSourceFailure(error, this.#jmap.origin)));
    }
  }

  async #poll(): Promise<void> {
    for (;;) {
      await this.#run.clock.sleep(pollMs, this.#run.signal);
      if (this.#run.signal.aborted) return;
      await this.#look();
    }
  }

  async #listen({ body }: Answer): Promise<void> {
    for await (const event of readEvents(body)) {
      if (event.name !== 'state' || this.#isKnown(event)) continue;
      await this.#run.clock.sleep(gatherMs, this.#run.signal);
      await this.#look();
    }
    if (this.#run.signal.aborted) return;
    throw new StrataError('source.disconnected', 'later', { host: this.#jmap.origin.hostname });
  }

  /** It tells the states that we were at when we last looked. What cannot be read is news. */
  #isKnown({ data }: ServerEvent): boolean {
    try {
      const { changed } = JSON.parse(data) as { changed?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
      if (changed === undefined) return false;
      return this.#watched.every(({ accountId, states }) =>
        Object.entries(states).every(([type, state]) => (changed[accountId]?.[type] ?? state) === state),
      );
    } catch {
      return false;
    }
  }

  async #look(): Promise<void> {
    const folders = new Set<string>();
    let isAnything = false;
    for (const one of this.#watched) {
      const keys = await asFarAsItCan(one, () => one.look());
      if (keys !== undefined) isAnything = true;
      for (const key of keys ?? []) folders.add(key);
    }
    if (isAnything) this.#listener.tell({ kind: 'folders', folders: ['', ...folders] });
  }

  /** What the walk that follows knows of them says whether anything happened. */
  async #tellAll(): Promise<void> {
    const folders: string[] = [];
    for (const one of this.#watched) folders.push(...((await asFarAsItCan(one, () => one.begin())) ?? []));
    this.#listener.tell({ kind: 'folders', folders: ['', ...folders] });
  }
}

/** An account of others that cannot be looked at now is told of by the next walk, and ends nobody's watch. */
async function asFarAsItCan<T>({ isVital }: Watched, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isVital || !(isRefused(error) || error instanceof Unintelligible)) throw error;
    return undefined;
  }
}
