import type { JsonObject, JsonValue } from '../../../src/shared/domain/json.ts';

/** What the emulated JMAP server has: mailboxes with emails, and a list of what happened to them. Changed by tests as they please. */
export class EmulatedMail {
  readonly mailboxes = new Map<string, JsonObject>();
  readonly #emails = new Map<string, EmulatedEmail>();
  readonly #happened: { readonly type: 'Email' | 'Mailbox'; readonly id: string; readonly what: What }[] = [];

  constructor(mailboxes: readonly string[] = ['inbox']) {
    for (const id of mailboxes) this.mailboxes.set(id, { id, name: id, parentId: null, role: id === 'inbox' ? 'inbox' : null });
  }

  get state(): string {
    return String(this.#happened.length);
  }

  get ids(): readonly string[] {
    return [...this.#emails.keys()];
  }

  put(id: string, mailboxIds: readonly string[], keywords: readonly string[] = [], text = messageOf(id)): void {
    const former = this.#emails.get(id);
    this.#emails.set(id, { id, mailboxIds, keywords, text });
    this.#tell(id, former === undefined ? 'created' : 'updated', [...mailboxIds, ...(former?.mailboxIds ?? [])]);
  }

  remove(id: string): void {
    const former = this.#emails.get(id);
    this.#emails.delete(id);
    this.#tell(id, 'destroyed', former?.mailboxIds ?? []);
  }

  blob(blobId: string): string | undefined {
    return this.#emails.get(blobId.replace(/^b-/, ''))?.text;
  }

  /** The usual answer of a method. */
  answer(method: string, asked: JsonObject): JsonObject | undefined {
    switch (method) {
      case 'Mailbox/get':
        return { state: this.state, list: [...this.mailboxes.values()].map((one) => this.#mailbox(one)), notFound: [] };
      case 'Email/get':
        return this.#get(asked['ids'] as readonly string[]);
      case 'Email/query':
        return this.#query(asked);
      case 'Email/changes':
        return this.#changes('Email', Number(asked['sinceState']));
      case 'Mailbox/changes':
        return this.#changes('Mailbox', Number(asked['sinceState']));
      default:
        return undefined;
    }
  }

  #tell(id: string, what: What, mailboxIds: readonly string[]): void {
    for (const mailbox of new Set(mailboxIds)) this.#happened.push({ type: 'Mailbox', id: mailbox, what: 'updated' });
    this.#happened.push({ type: 'Email', id, what });
  }

  #in(mailbox: string): string[] {
    return [...this.#emails.values()].filter(({ mailboxIds }) => mailboxIds.includes(mailbox)).map(({ id }) => id);
  }

  #mailbox(mailbox: JsonObject): JsonObject {
    const totalEmails = this.#in(String(mailbox['id'])).length;
    return { sortOrder: 1, isSubscribed: true, myRights: { mayReadItems: true }, totalEmails, ...mailbox };
  }

  #get(ids: readonly string[]): JsonObject {
    const list = ids.flatMap((id) => {
      const email = this.#emails.get(id);
      return email === undefined ? [] : [emailRow(email)];
    });
    return { state: this.state, list, notFound: ids.filter((id) => !this.#emails.has(id)) };
  }

  #query({ filter, anchor, limit }: JsonObject): JsonObject {
    const all = this.#in(String((filter as JsonObject)['inMailbox'])).sort();
    const at = typeof anchor === 'string' ? all.indexOf(anchor) + 1 : 0;
    if (typeof anchor === 'string' && at === 0) return { type: 'anchorNotFound' };
    return { queryState: this.state, position: at, total: all.length, ids: all.slice(at, at + Number(limit)) };
  }

  #changes(type: 'Email' | 'Mailbox', since: number): JsonObject {
    const last = new Map<string, What>();
    for (const one of this.#happened.slice(since))
      if (one.type === type) last.set(one.id, last.get(one.id) === 'created' && one.what === 'updated' ? 'created' : one.what);
    const idsOf = (what: What): string[] => [...last].filter(([, one]) => one === what).map(([id]) => id);
    return {
      ...{ oldState: String(since), newState: this.state, hasMoreChanges: false },
      ...{ created: idsOf('created'), updated: idsOf('updated'), destroyed: idsOf('destroyed') },
    };
  }
}

type What = 'created' | 'updated' | 'destroyed';

interface EmulatedEmail {
  readonly id: string;
  readonly mailboxIds: readonly string[];
  readonly keywords: readonly string[];
  readonly text: string;
}

export const messageOf = (id: string): string =>
  `From: a@example.org\r\nTo: b@example.org\r\nSubject: ${id}\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\n` +
  `Message-ID: <${id}@example.org>\r\nContent-Type: text/plain\r\n\r\nText of ${id}.\r\n`;

export function emailRow({ id, mailboxIds, keywords, text }: EmulatedEmail): JsonObject {
  const all = (names: readonly string[]): JsonObject => Object.fromEntries(names.map((name) => [name, true]));
  const headers: JsonValue = [...text.slice(0, text.indexOf('\r\n\r\n')).matchAll(/^([^:]+):(.*)\r?$/gm)].map(
    ([, name = '', value = '']) => ({ name, value }),
  );
  return {
    ...{ id, blobId: `b-${id}`, threadId: `t-${id}`, mailboxIds: all(mailboxIds), keywords: all(keywords) },
    ...{ size: Buffer.byteLength(text), receivedAt: '2024-01-01T10:00:00Z', headers },
  };
}
