import { ImapFlow } from 'imapflow';

/**
 * A mail program of the test's own, that fills a mailbox and changes it. Plain imapflow, so that what is set up
 * does not depend on what is tested.
 */
export class TestMailbox {
  readonly #client: ImapFlow;

  private constructor(client: ImapFlow) {
    this.#client = client;
  }

  static async open(port: number, user: string, password: string): Promise<TestMailbox> {
    const auth = { user, pass: password };
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      doSTARTTLS: false,
      auth,
      logger: false,
      disableAutoIdle: true,
    });
    await client.connect();
    return new TestMailbox(client);
  }

  /** One that is there already is fine: not every server says it in words that imapflow knows. */
  async create(folder: string): Promise<void> {
    await this.#client.mailboxCreate(folder).catch(async (error: unknown) => {
      if (!(await this.#client.list()).some(({ path }) => path === folder)) throw error;
    });
  }

  async remove(folder: string): Promise<void> {
    await this.#client.mailboxDelete(folder);
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#client.mailboxRename(from, to);
  }

  async unsubscribe(folder: string): Promise<void> {
    await this.#client.mailboxUnsubscribe(folder);
  }

  /** Returns the UID. */
  async append(folder: string, bytes: Uint8Array, flags: readonly string[] = [], date?: Date): Promise<number> {
    const appended = await this.#client.append(folder, Buffer.from(bytes), [...flags], date);
    if (appended === false || appended.uid === undefined) throw new Error(`APPEND to ${folder} failed`);
    return appended.uid;
  }

  async flag(folder: string, uids: string, add: readonly string[], remove: readonly string[] = []): Promise<void> {
    await this.#within(folder, async () => {
      if (add.length > 0) await this.#client.messageFlagsAdd(uids, [...add], { uid: true });
      if (remove.length > 0) await this.#client.messageFlagsRemove(uids, [...remove], { uid: true });
    });
  }

  /** Returns the new UIDs. */
  async move(folder: string, uids: string, target: string): Promise<number[]> {
    return this.#within(folder, async () => newUids(await this.#client.messageMove(uids, target, { uid: true })));
  }

  /** Returns the new UIDs. */
  async copy(folder: string, uids: string, target: string): Promise<number[]> {
    return this.#within(folder, async () => newUids(await this.#client.messageCopy(uids, target, { uid: true })));
  }

  async expunge(folder: string, uids: string): Promise<void> {
    await this.#within(folder, () => this.#client.messageDelete(uids, { uid: true }));
  }

  /** Any command, as words: what imapflow has no name for. */
  async say(command: string, ...words: readonly Word[]): Promise<void> {
    const client = this.#client as unknown as { exec(command: string, words: readonly unknown[]): Promise<{ next(): void }> };
    (await client.exec(command, words.map(asToken))).next();
  }

  async annotate(folder: string, name: string, value: string): Promise<void> {
    await this.say('SETMETADATA', folder, [name, value]);
  }

  async messages(folder: string): Promise<TestMessage[]> {
    const rows = await this.#within(
      folder,
      () => this.#client.fetchAll('1:*', { uid: true, flags: true, internalDate: true, source: true }, { uid: true }),
      true,
    );
    return rows.map((row) => ({
      uid: row.uid,
      flags: [...(row.flags ?? [])].filter((flag) => flag !== '\\Recent').sort(),
      date: row.internalDate instanceof Date ? row.internalDate.toISOString() : '',
      modseq: row.modseq?.toString() ?? '',
      bytes: row.source ?? new Uint8Array(),
    }));
  }

  /** All folders; special use and subscription behind a bar. */
  async folders(): Promise<string[]> {
    const entries = await this.#client.list();
    return entries.map((entry) => `${entry.path}|${entry.specialUse ?? ''}|${entry.subscribed ? 'subscribed' : ''}`).sort();
  }

  /** Everything that looking could change, as text. */
  async fingerprint(): Promise<string> {
    const lines: string[] = [];
    for (const folder of (await this.#client.list()).map(({ path }) => path).sort()) {
      const status = await this.#client.status(folder, {
        messages: true,
        uidNext: true,
        uidValidity: true,
        unseen: true,
        recent: true,
      });
      lines.push(
        `${folder} ${JSON.stringify(status, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))}`,
      );
      if (status === false || status.messages === 0) continue;
      for (const { uid, flags, date, modseq } of await this.messages(folder))
        lines.push(`${folder} ${uid} ${flags.join(' ')} ${date} ${modseq}`);
    }
    return lines.join('\n');
  }

  async close(): Promise<void> {
    await this.#client.logout();
  }

  /** Opened anew each time, so that nothing is seen as it was before. */
  async #within<T>(folder: string, action: () => Promise<T>, readOnly = false): Promise<T> {
    await this.#client.mailboxOpen(folder, { readOnly });
    try {
      return await action();
    } finally {
      await this.#client.mailboxClose();
    }
  }
}

export interface TestMessage {
  readonly uid: number;
  readonly flags: readonly string[];
  readonly date: string;
  readonly modseq: string;
  readonly bytes: Uint8Array;
}

const newUids = (answer: false | { readonly uidMap?: Map<number, number> | undefined }): number[] => {
  if (answer === false || answer.uidMap === undefined) throw new Error('the server did not say where it is now');
  return [...answer.uidMap.values()];
};

type Word = string | readonly Word[];

const asToken = (word: Word): unknown => (typeof word === 'string' ? { type: 'STRING', value: word } : word.map(asToken));
