import { plainMessage } from './test-messages.ts';
import type { TestMailbox } from './dovecot/mailbox.ts';

type Chance = (limit: number) => number;

/**
 * Somebody who uses a mailbox: messages come, are marked, moved, copied and deleted, folders are made, renamed and deleted.
 * The same chance does the same, as it knows itself what is there.
 */
export class RandomMailbox {
  readonly #mailbox: TestMailbox;
  readonly #below: Chance;
  readonly #folders = new Map<string, Set<number>>([['INBOX', new Set()]]);
  #made = 0;
  readonly did: Record<string, number> = {};

  constructor(mailbox: TestMailbox, below: Chance) {
    this.#mailbox = mailbox;
    this.#below = below;
  }

  async change(): Promise<void> {
    const [name, act] = this.#one(this.#acts);
    if (!(await act())) return this.change(); // nothing to do it with: something else
    this.did[name] = (this.did[name] ?? 0) + 1;
  }

  /** What is there by now, where somebody else put something in. */
  async lookAgain(): Promise<void> {
    this.#folders.clear();
    for (const line of await this.#mailbox.folders()) {
      const folder = line.slice(0, line.indexOf('|'));
      this.#folders.set(folder, new Set((await this.#mailbox.messages(folder)).map(({ uid }) => uid)));
    }
  }

  /** One in every line; what people do often stands there more often. */
  readonly #acts: readonly (readonly [string, () => Promise<boolean>])[] = [
    ...Array<readonly [string, () => Promise<boolean>]>(8).fill(['append', () => this.#append()]),
    ...Array<readonly [string, () => Promise<boolean>]>(6).fill(['flag', () => this.#flag()]),
    ...Array<readonly [string, () => Promise<boolean>]>(4).fill(['move', () => this.#move()]),
    ...Array<readonly [string, () => Promise<boolean>]>(2).fill(['copy', () => this.#copy()]),
    ...Array<readonly [string, () => Promise<boolean>]>(4).fill(['expunge', () => this.#expunge()]),
    ['write anew', () => this.#append(this.#below(this.#made) + 1)],
    ['make folder', () => this.#makeFolder()],
    ['rename folder', () => this.#renameFolder()],
    ['delete folder', () => this.#deleteFolder()],
  ];

  /** With a number of one that was there: a draft that is saved once more. */
  async #append(number = this.#made + 1): Promise<boolean> {
    const folder = this.#one([...this.#folders.keys()]);
    this.#made = Math.max(this.#made, number);
    const flags = ['\\Seen', '\\Flagged', '$Work', 'later'].filter(() => this.#below(2) === 0);
    const body = 'A line of a message.\r\n'.repeat(1 + this.#below(200));
    const date = new Date(1_600_000_000_000 + this.#below(1_000_000) * 1000);
    this.#uids(folder).add(await this.#mailbox.append(folder, plainMessage(number, body), flags, date));
    return true;
  }

  async #flag(): Promise<boolean> {
    return this.#withMessage(async (folder, uid) => {
      const flag = this.#one(['\\Seen', '\\Answered', '\\Flagged', '\\Draft', '$Work', 'later']);
      await (this.#below(2) === 0
        ? this.#mailbox.flag(folder, String(uid), [flag])
        : this.#mailbox.flag(folder, String(uid), [], [flag]));
    });
  }

  async #move(): Promise<boolean> {
    return this.#withMessage(async (folder, uid) => {
      const target = this.#one([...this.#folders.keys()].filter((other) => other !== folder));
      for (const moved of await this.#mailbox.move(folder, String(uid), target)) this.#uids(target).add(moved);
      this.#uids(folder).delete(uid);
    }, this.#folders.size > 1);
  }

  async #copy(): Promise<boolean> {
    return this.#withMessage(async (folder, uid) => {
      const target = this.#one([...this.#folders.keys()]);
      for (const copied of await this.#mailbox.copy(folder, String(uid), target)) this.#uids(target).add(copied);
    });
  }

  async #expunge(): Promise<boolean> {
    return this.#withMessage(async (folder, uid) => {
      await this.#mailbox.expunge(folder, String(uid));
      this.#uids(folder).delete(uid);
    });
  }

  async #makeFolder(): Promise<boolean> {
    if (this.#folders.size > 12) return false;
    const path = this.#newPath([...this.#folders.keys()].filter((folder) => folder !== 'INBOX'));
    await this.#mailbox.create(path);
    this.#folders.set(path, new Set());
    return true;
  }

  async #renameFolder(): Promise<boolean> {
    const folder = this.#ownFolder();
    if (folder === undefined) return false;
    const isBelow = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
    const path = this.#newPath([...this.#folders.keys()].filter((other) => other !== 'INBOX' && !isBelow(other)));
    await this.#mailbox.rename(folder, path);
    for (const [old, uids] of [...this.#folders].filter(([old]) => isBelow(old))) {
      this.#folders.delete(old);
      this.#folders.set(`${path}${old.slice(folder.length)}`, uids);
    }
    return true;
  }

  /** Only one without folders in it: what becomes of those differs from server to server. Cyrus keeps what it made for a use. */
  async #deleteFolder(): Promise<boolean> {
    const isKept = (path: string): boolean =>
      ['Drafts', 'Sent', 'Trash'].includes(path) || [...this.#folders.keys()].some((other) => other.startsWith(`${path}/`));
    const folder = this.#ownFolder((path) => !isKept(path));
    if (folder === undefined || this.#folders.size < 5) return false;
    await this.#mailbox.remove(folder);
    this.#folders.delete(folder);
    return true;
  }

  /** Names come back, so that a new folder may stand where another was. */
  #newPath(parents: readonly string[]): string {
    for (;;) {
      const name = this.#one(['Work', 'Wörk', 'Archive', '2024', 'Café & Co', 'a b']);
      const parent = this.#below(2) === 0 || parents.length === 0 ? '' : `${this.#one(parents)}/`;
      const path = `${parent}${name}${this.#below(3)}`;
      if (!this.#folders.has(path)) return path;
    }
  }

  #ownFolder(isMeant: (path: string) => boolean = () => true): string | undefined {
    const own = [...this.#folders.keys()].filter((path) => path !== 'INBOX' && isMeant(path));
    return own.length === 0 ? undefined : this.#one(own);
  }

  async #withMessage(act: (folder: string, uid: number) => Promise<unknown>, isPossible = true): Promise<boolean> {
    const filled = [...this.#folders].filter(([, uids]) => uids.size > 0);
    if (!isPossible || filled.length === 0) return false;
    const [folder, uids] = this.#one(filled);
    await act(folder, this.#one([...uids]));
    return true;
  }

  #uids(folder: string): Set<number> {
    const uids = this.#folders.get(folder);
    if (uids === undefined) throw new Error(`no folder ${folder}`);
    return uids;
  }

  #one<T>(all: readonly T[]): T {
    const one = all[this.#below(all.length)];
    if (one === undefined) throw new Error('none to choose from');
    return one;
  }
}
