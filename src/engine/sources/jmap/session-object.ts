import { Unintelligible } from '../web-failure.ts';
import { ownAccount, type JmapAccount, readAccounts } from './accounts.ts';
import { said, type Said, text } from './values.ts';

export const core = 'urn:ietf:params:jmap:core';
export const mail = 'urn:ietf:params:jmap:mail';

/** What a server tells of itself and of its accounts (RFC 8620, section 2), as far as it is needed to look. */
export interface JmapSession {
  /** Of the mail that is the user's own. */
  readonly own: JmapAccount;
  /** What else this user may look at, in a fixed order. */
  readonly others: readonly JmapAccount[];
  readonly apiUrl: string;
  /** A template: account, blob, name and type stand in braces. */
  readonly downloadUrl: string;
  /** Undefined: nothing tells of changes. */
  readonly eventSourceUrl: string | undefined;
  /** Those that have a standard, by its last word. */
  readonly capabilities: readonly string[];
  readonly mostCalls: number;
  readonly mostObjects: number;
  readonly mostBytes: number;
}

/** Undefined: this is no session object. One without mail for this user is none of ours either. */
export function readSession(value: unknown): JmapSession | undefined {
  if (!isObject(value) || typeof value['apiUrl'] !== 'string' || !isObject(value['capabilities'])) return undefined;
  const capabilities = said(value['capabilities'], 'capabilities');
  const primary = said(value['primaryAccounts'], 'primaryAccounts')[mail];
  if (!(core in capabilities) || !(mail in capabilities) || primary === undefined) return undefined;
  const limits = said(capabilities[core], core);
  const downloadUrl = text(value['downloadUrl'], 'downloadUrl');
  if (!downloadUrl.includes('{blobId}')) throw new Unintelligible('downloadUrl without a blob');
  const eventSourceUrl = value['eventSourceUrl'];
  const accounts = readAccounts(value['accounts']);
  const own = ownAccount(primary, accounts, Object.keys(capabilities));
  return {
    own,
    others: accounts.filter(({ id }) => id !== own.id),
    apiUrl: text(value['apiUrl'], 'apiUrl'),
    downloadUrl,
    eventSourceUrl: typeof eventSourceUrl === 'string' && eventSourceUrl !== '' ? eventSourceUrl : undefined,
    capabilities: Object.keys(capabilities)
      .flatMap((name) => /^urn:ietf:params:jmap:([\w:-]{1,60})$/.exec(name)?.[1] ?? [])
      .sort(),
    mostCalls: limit(limits['maxCallsInRequest'], 1),
    mostObjects: limit(limits['maxObjectsInGet'], 1),
    mostBytes: limit(limits['maxSizeRequest'], leastBytes),
  };
}

/** Template of the first level (RFC 6570): what stands in it is encoded, so that it stays one step of a path or one value. */
export const filledIn = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));

/** So much is needed to ask for anything. */
const leastBytes = 4096;

/** What a server forgot to say, or says and cannot mean, is the least that lets a client work. */
const limit = (value: unknown, least: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(Math.floor(value), least) : Math.max(usual, least);
const usual = 16;

const isObject = (value: unknown): value is Said => typeof value === 'object' && value !== null && !Array.isArray(value);
