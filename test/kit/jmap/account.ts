import type { JsonObject } from '../../../src/shared/domain/json.ts';

/**
 * A mail program of the test's own that speaks JMAP to a real server. Plain fetch, so that what is set up, and what is compared with, does
 * not depend on what is tested.
 */
export class TestJmapAccount {
  readonly #url: string;
  readonly #user: string;
  readonly #authorization: string;

  constructor({ url, password }: { readonly url: string; readonly password: string }, user: string) {
    this.#url = url;
    this.#user = user;
    this.#authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  async call<Answer>(method: string, asked: JsonObject): Promise<Answer> {
    const answer = await fetch(`${this.#url}/jmap/`, {
      method: 'POST',
      headers: { authorization: this.#authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        using: ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail'],
        methodCalls: [[method, { accountId: this.#user, ...asked }, '0']],
      }),
    });
    const { methodResponses } = (await answer.json()) as { methodResponses: [[string, Answer]] };
    const [[name, content]] = methodResponses;
    if (name !== method) throw new Error(`${method}: ${JSON.stringify(content)}`);
    return content;
  }

  async mailboxes(): Promise<readonly TestJmapMailbox[]> {
    return (await this.call<{ list: TestJmapMailbox[] }>('Mailbox/get', { ids: null })).list;
  }

  /** Names from the top down, joined by `/`, by id. */
  async paths(): Promise<ReadonlyMap<string, string>> {
    const all = new Map((await this.mailboxes()).map((mailbox) => [mailbox.id, mailbox]));
    const pathOf = ({ name, parentId }: TestJmapMailbox): string => {
      const parent = parentId === null ? undefined : all.get(parentId);
      return parent === undefined ? name : `${pathOf(parent)}/${name}`;
    };
    return new Map([...all].map(([id, mailbox]) => [id, pathOf(mailbox)]));
  }

  /** Every email, whichever mailboxes it lies in. */
  async emails(): Promise<readonly TestEmail[]> {
    const { ids } = await this.call<{ ids: string[] }>('Email/query', { limit: 100_000 });
    const found: TestEmail[] = [];
    for (let at = 0; at < ids.length; at += 1000)
      found.push(...(await this.call<{ list: TestEmail[] }>('Email/get', { ids: ids.slice(at, at + 1000), properties })).list);
    return found;
  }

  async download(blobId: string): Promise<Uint8Array> {
    const answer = await fetch(`${this.#url}/jmap/download/${this.#user}/${blobId}/m.eml?accept=message/rfc822`, {
      headers: { authorization: this.#authorization },
    });
    if (!answer.ok) throw new Error(`download: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** `null` as value takes away. */
  async update(id: string, patch: JsonObject): Promise<void> {
    const { notUpdated } = await this.call<{ notUpdated?: JsonObject | null }>('Email/set', { update: { [id]: patch } });
    if (Object.keys(notUpdated ?? {}).length > 0) throw new Error(JSON.stringify(notUpdated));
  }

  async destroy(id: string): Promise<void> {
    await this.call('Email/set', { destroy: [id] });
  }
}

const properties = ['id', 'blobId', 'mailboxIds', 'keywords', 'receivedAt', 'size'];

export interface TestJmapMailbox {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
}

export interface TestEmail {
  readonly id: string;
  readonly blobId: string;
  readonly mailboxIds: Readonly<Record<string, true>>;
  readonly keywords: Readonly<Record<string, true>>;
  readonly receivedAt: string;
  readonly size: number;
}
