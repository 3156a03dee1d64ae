import type { StrataErrorCode } from '../../../shared/domain/error-codes.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { AccountNames } from '../account-names.ts';
import type { FileProperties } from '../file-properties.ts';

type Loss = StrataErrorCode & ('restore.owner-lost' | 'restore.mode-lost' | 'restore.attributes-lost' | 'restore.times-lost');

/** Setuid and setgid; the sticky bit gives nobody any rights. */
const borrowedRights = 0o6000;
/** What the system itself trusts: file capabilities, security labels. */
const trusted = /^(?:security|trusted)\./;

/** By path, of which an implementation may know what is open under it. */
export type PropertyCalls = Pick<FileSystem, 'lstat' | 'setOwner' | 'setMode' | 'setTimes' | 'writeAttribute'>;

export interface LostProperties {
  readonly code: Loss;
  readonly reason: string;
  /** The first item. */
  readonly first: string;
  count: number;
}

export interface PropertyTools {
  readonly files: PropertyCalls;
  readonly accounts: AccountNames;
  /** The system's administrator: only then are owners, setuid bits and trusted attributes given back. */
  readonly isPrivileged: boolean;
}

/**
 * Gives a file back what it had beside its bytes. What the system refuses does not make the file worthless: it is counted, and told
 * at the end in one line for each kind of loss.
 */
export class PropertyWriter {
  readonly #tools: PropertyTools;
  readonly #losses = new Map<string, LostProperties>();

  constructor(tools: PropertyTools) {
    this.#tools = tools;
  }

  /**
   * Order matters: a change of owner clears setuid bits and capabilities; a mode may forbid all the rest, so it comes last.
   * (Its group bits are the mask of an access list that was set before, as they were when both were read.)
   */
  apply(path: string, properties: FileProperties, item: string): void {
    const { files } = this.#tools;
    const hasOwner = this.#applyOwner(path, properties, item);
    this.#applyAttributes(path, properties, item);
    this.#try('restore.times-lost', item, () => files.setTimes(path, properties.modifyNs, properties.modifyNs));
    if (properties.type !== 'symlink') this.#applyMode(path, properties, hasOwner, item);
  }

  report(run: RunContext): void {
    for (const { code, reason, first, count } of this.take()) {
      const failure = { code, retry: 'never' as const, facts: { count, item: first, reason } };
      run.progress.problem({ failure, source: '', folder: '', item: first, atMs: run.clock.nowMs() });
    }
  }

  /** What was lost since it was asked last. */
  take(): LostProperties[] {
    const losses = [...this.#losses.values()];
    this.#losses.clear();
    return losses;
  }

  /** What another thread lost. */
  add({ code, reason, first, count }: LostProperties): void {
    this.#lose(code, reason, first, count);
  }

  #applyOwner(path: string, { uid, gid, owner, group }: FileProperties, item: string): boolean {
    const { files, accounts } = this.#tools;
    const wantedUid = (owner === undefined ? undefined : accounts.uid(owner)) ?? uid;
    const wantedGid = (group === undefined ? undefined : accounts.gid(group)) ?? gid;
    // The administrator may always ask, which costs less than looking first; for others, what is right already is no failure.
    const now = this.#tools.isPrivileged ? undefined : files.lstat(path);
    if (now?.uid === wantedUid && now.gid === wantedGid) return true;
    return this.#try('restore.owner-lost', item, () => files.setOwner(path, wantedUid, wantedGid));
  }

  #applyMode(path: string, { mode }: FileProperties, hasOwner: boolean, item: string): void {
    // With another owner than it had, a setuid bit would lend the rights of whoever restores.
    const mayLend = this.#tools.isPrivileged && hasOwner;
    if (!mayLend && (mode & borrowedRights) !== 0) this.#lose('restore.mode-lost', 'EPERM', item);
    this.#try('restore.mode-lost', item, () => this.#tools.files.setMode(path, mayLend ? mode : mode & ~borrowedRights));
  }

  #applyAttributes(path: string, { attributes }: FileProperties, item: string): void {
    for (const [name, value] of attributes ?? []) {
      if (trusted.test(name) && !this.#tools.isPrivileged) this.#lose('restore.attributes-lost', 'EPERM', item);
      else this.#try('restore.attributes-lost', item, () => this.#tools.files.writeAttribute(path, name, value));
    }
  }

  #try(code: Loss, item: string, action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      const reason = errnoOf(error);
      if (reason === undefined) throw error;
      this.#lose(code, reason, item);
      return false;
    }
  }

  #lose(code: Loss, reason: string, item: string, count = 1): void {
    const key = `${code} ${reason}`;
    const known = this.#losses.get(key);
    if (known !== undefined) known.count += count;
    else this.#losses.set(key, { code, reason, first: item, count });
  }
}
