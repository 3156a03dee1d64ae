import { X509Certificate } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/shared/domain/json.ts';
import type { JmapSettings } from '../../../src/shared/domain/source-settings.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import type { CredentialReader } from '../../../src/engine/sources/credential.ts';
import { jmapSource } from '../../../src/engine/sources/jmap/index.ts';
import { type JmapLimits, jmapLimits } from '../../../src/engine/sources/jmap/limits.ts';
import type { SourceSession } from '../../../src/engine/sources/source.ts';
import { password } from '../../../src/engine/sources/testing/credentials.ts';
import { contentBytes, observe, type ObservedFolder, readAll } from '../../../src/engine/sources/testing/observation.ts';
import { type TestRun, testRun } from '../../../src/engine/sources/testing/test-run.ts';
import { certificatePem } from '../emulated/imap-server.ts';
import { EmulatedMail } from '../emulated/jmap-mail.ts';
import { EmulatedJmapServer, type JmapAnswer, type JmapEmulation } from '../emulated/jmap-server.ts';
import { jmapSettings } from './settings.ts';

export type Walked = ReadonlyMap<string, ObservedFolder>;
export type Cursors = ReadonlyMap<string, JsonValue | undefined>;

export interface Options {
  readonly more?: Partial<JmapSettings>;
  readonly limits?: Partial<JmapLimits>;
  readonly credential?: CredentialReader;
  readonly run?: TestRun;
}

export const settingsOf = (server: EmulatedJmapServer, more: Partial<JmapSettings> = {}): JmapSettings =>
  jmapSettings(server, 'anna', more);

/** Emulated servers that end with the test, and what our side makes of them. */
export function useEmulatedJmap() {
  const start = async (emulation: JmapEmulation = {}): Promise<EmulatedJmapServer> => {
    const server = await EmulatedJmapServer.start({ mail: three(), ...emulation });
    onTestFinished(() => server.stop());
    return server;
  };
  const open = (
    server: EmulatedJmapServer,
    { more = {}, limits = {}, credential = password('secret'), run = testRun() }: Options = {},
  ): Promise<SourceSession> =>
    jmapSource(settingsOf(server, more), credential, { ...jmapLimits, retryAfterMs: 0, ...limits }).open(run);
  /** One walk, by paths of mailboxes. */
  const walk = async (server: EmulatedJmapServer, cursors?: Cursors, options: Options = {}): Promise<Walked> => {
    const run = options.run ?? testRun();
    const session = await open(server, { ...options, run });
    try {
      const found = await observe(session, run, { cursor: (key) => cursors?.get(key) });
      return new Map(found.map((folder) => [folder.path.join('/'), folder]));
    } finally {
      await session.close();
    }
  };
  /** What is read of the inbox: the message, or its title where only metadata are wanted, or why not. */
  const read = async (
    server: EmulatedJmapServer,
    limits: Partial<JmapLimits> = {},
    need: 'content' | 'metadata' = 'content',
    more: Partial<JmapSettings> = {},
  ): Promise<ReadonlyMap<string, string>> => {
    const run = testRun();
    const session = await open(server, { run, limits, more });
    try {
      const inbox = (await observe(session, run)).find(({ visit }) => visit.folder.key === 'inbox');
      const wanted = (inbox?.sightings ?? []).map((sighting) => ({ sighting, need }));
      const found = new Map<string, string>();
      for (const [key, { problem, content, summary }] of await readAll(session, 'inbox', wanted, run)) {
        if (problem !== undefined) found.set(key, problem.code);
        else if (content === undefined) found.set(key, summary.title);
        else found.set(key, await textOf(content).catch((error: unknown) => String((error as { code?: string }).code)));
      }
      return found;
    } finally {
      await session.close();
    }
  };
  return { start, open, walk, read };
}

const textOf = async (content: Parameters<typeof contentBytes>[0]): Promise<string> =>
  Buffer.from(await contentBytes(content, new NodeFileSystem())).toString();

export const inboxOf = (found: Walked) => {
  const inbox = found.get('inbox');
  return {
    keys: inbox?.sightings.map(({ key }) => key).sort(),
    vanished: [...(inbox?.vanished ?? [])].sort(),
    completeness: inbox?.visit.scan?.completeness,
  };
};

/** The emulation answers, but for one method. */
export const method =
  (
    name: string,
    answer: JsonValue | ((usual: JsonObject, asked: JsonObject) => JsonValue | undefined),
  ): NonNullable<JmapEmulation['method']> =>
  (called, asked, usual) => {
    if (called !== name) return undefined;
    return typeof answer === 'function' ? answer(usual ?? {}, asked) : answer;
  };

export const apiAnswers =
  (answer: JmapAnswer): NonNullable<JmapEmulation['answer']> =>
  ({ path }) =>
    path === '/api' ? answer : undefined;

/** Three emails in the inbox, none in the other mailbox. */
export function three(): EmulatedMail {
  const mail = new EmulatedMail(['inbox', 'other']);
  for (const id of ['a', 'b', 'c']) mail.put(id, ['inbox']);
  return mail;
}

export const isEmpty = (ids: unknown): boolean => Array.isArray(ids) && ids.length === 0;

export const localhostSha256 = new X509Certificate(certificatePem('localhost')).fingerprint256.replaceAll(':', '').toLowerCase();
