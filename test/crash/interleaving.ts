import type { FileHandle, FileSystem } from '../../src/engine/kernel/file-system.ts';

/** Thrown by every operation of a process that is put aside: what it still does has no effect. */
export class PutAside extends Error {
  override readonly name = 'PutAside';
}

/**
 * A process on a disk that others use, too, which is put aside before any of its operations and goes on later.
 *
 * JavaScript cannot stop in the middle of a function, so going on is doing all of it again: what was done already gets the answers
 * that it got then, and changes nothing. That needs a script without chance of its own, which is checked.
 */
export class Process {
  readonly #disk: FileSystem;
  readonly #script: (files: FileSystem) => Promise<void>;
  readonly #done: { readonly call: string; readonly outcome: Outcome }[] = [];
  #at = 0;
  #ended: { readonly error: unknown } | undefined;

  constructor(disk: FileSystem, script: (files: FileSystem) => Promise<void>) {
    this.#disk = disk;
    this.#script = script;
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** How many operations it has done. */
  get operations(): number {
    return this.#done.length;
  }

  /** How many it has begun, of this time or of the times before. */
  get begun(): number {
    return this.#at;
  }

  /** Undefined: it ended well. */
  get failure(): unknown {
    return this.#ended?.error;
  }

  /** Goes on for so many operations, or until just before the next one that is asked for, or to the end. */
  async goOn(operations: number | ((call: string) => boolean)): Promise<void> {
    if (this.hasEnded) return;
    const until = typeof operations === 'number' ? this.#done.length + operations : Number.POSITIVE_INFINITY;
    const isNext = (call: string): boolean =>
      typeof operations === 'function' && this.#at >= this.#done.length && operations(call);
    this.#at = 0;
    let isAside = false;
    const step = <T>(call: string, act: () => T): T => {
      if (isAside || this.#at === until || isNext(call)) {
        isAside = true;
        throw new PutAside();
      }
      const before = this.#done[this.#at];
      this.#at += 1;
      if (before === undefined) {
        const outcome = outcomeOf(act);
        this.#done.push({ call, outcome });
        return valueOf(outcome) as T;
      }
      if (before.call !== call) throw new Error(`not the same again: ${before.call}, then ${call}`);
      return valueOf(before.outcome) as T;
    };
    let error: unknown;
    try {
      await this.#script(stepping(this.#disk, step));
    } catch (caught) {
      error = caught;
    }
    if (!isAside) this.#ended = { error };
  }
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };
type Step = <T>(call: string, act: () => T) => T;

function outcomeOf(act: () => unknown): Outcome {
  try {
    return { value: act() };
  } catch (error) {
    return { error };
  }
}

function valueOf(outcome: Outcome): unknown {
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/** Each call of the file system, and of each file that it opens, is a step. */
function stepping(disk: FileSystem, step: Step): FileSystem {
  return new Proxy(disk, {
    get: (files, name) => {
      const method = files[name as keyof FileSystem] as unknown;
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => {
        const call = `${String(name)} ${given.filter((one) => typeof one === 'string').join(' ')}`;
        const result = step(call, () => (method as (...all: unknown[]) => unknown).apply(files, given));
        return name === 'open' ? steppingFile(result as FileHandle, String(given[0]), step) : result;
      };
    },
  });
}

function steppingFile(file: FileHandle, path: string, step: Step): FileHandle {
  return {
    stat: () => step(`stat of ${path}`, () => file.stat()),
    read(into, at) {
      // The answer is the bytes: whoever asks again has another place for them.
      const got = step(`read of ${path}`, () => {
        const bytes = new Uint8Array(into.length);
        return bytes.subarray(0, file.read(bytes, at));
      });
      into.set(got);
      return got.length;
    },
    readAttributes: () => step(`attributes of ${path}`, () => file.readAttributes()),
    forgetCached: () => undefined,
    write: (bytes) => step(`write of ${path}`, () => file.write(bytes)),
    writeAt: (bytes, at) => step(`write of ${path}`, () => file.writeAt(bytes, at)),
    extendTo: (size) => step(`extend ${path}`, () => file.extendTo(size)),
    setMode: (mode) => step(`setMode of ${path}`, () => file.setMode(mode)),
    setOwner: (uid, gid) => step(`setOwner of ${path}`, () => file.setOwner(uid, gid)),
    setTimes: (accessNs, modifyNs) => step(`setTimes of ${path}`, () => file.setTimes(accessNs, modifyNs)),
    sync: () => step(`sync of ${path}`, () => file.sync()),
    async syncInBackground() {
      await Promise.resolve();
      step(`sync of ${path}`, () => file.sync());
    },
    close: () => step(`close of ${path}`, () => file.close()),
  };
}
