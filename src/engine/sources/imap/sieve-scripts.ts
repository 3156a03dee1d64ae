import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Server } from '../certificate.ts';
import type { Credential, CredentialReader } from '../credential.ts';
import { saslFor } from './sasl.ts';
import { type SieveAnswer, SieveConnection, type SieveManner } from './sieve-connection.ts';
import { signInFailure } from './sign-in-failure.ts';

export interface SieveScript {
  readonly name: string;
  /** At most one is: the server runs it for every message that comes. */
  readonly isActive: boolean;
  readonly bytes: Buffer;
}

export interface SieveScripts {
  readonly scripts: readonly SieveScript[];
  /** False: one that was listed could not be had. */
  readonly areAll: boolean;
}

/** For each answer. A server that filters mail answers at once; one behind a wall never does, and the mail is waiting. */
export const sieveAnswerMs = 10_000;

/** The account's filter scripts, by a connection of its own (ManageSieve, RFC 5804). Its certificate is judged as that of the mailbox is. */
export async function readScripts(
  settings: ImapSettings,
  port: number,
  credential: CredentialReader,
  manner: SieveManner,
): Promise<SieveScripts> {
  const { host, certificateSha256 } = settings;
  const tls = settings.tls === 'none' ? 'none' : 'starttls';
  const server: Server = { host, port, tls, certificateSha256 };
  const connection = new SieveConnection(server, manner);
  try {
    await signIn(connection, { ...settings, port, tls }, credential);
    return await readAll(connection, host);
  } finally {
    connection.close();
  }
}

async function signIn(connection: SieveConnection, settings: ImapSettings, credential: CredentialReader): Promise<void> {
  let mechanisms = mechanismsOf(requireOk(await connection.answer(), settings.host));
  if (settings.tls !== 'none') {
    await connection.encrypt();
    mechanisms = mechanismsOf(requireOk(await connection.answer(), settings.host));
  }
  const proof = await credential();
  const answer = await prove(connection, mechanisms, settings, proof);
  if (answer.status === 'OK') return;
  if (answer.status === 'NO' && proof.kind === 'token') {
    // It may have ended before its time: a fresh one is tried once.
    proof.drop();
    if ((await prove(connection, mechanisms, settings, await credential())).status === 'OK') return;
    const { host, user } = settings;
    throw new StrataError('source.consent-needed', 'after-user-action', { host, user });
  }
  const text = textOf(answer.words.findLast(({ isData }) => isData));
  throw signInFailure({ code: '', text }, settings, new Error(`AUTHENTICATE ${answer.status}`));
}

async function prove(
  connection: SieveConnection,
  mechanisms: ReadonlySet<string>,
  settings: ImapSettings,
  proof: Credential,
): Promise<SieveAnswer> {
  const sasl = saslFor(proof, settings, mechanisms);
  if (sasl !== undefined) return connection.authenticate(sasl);
  throw notUnderstood(settings.host, `no sign-in by ${proof.kind === 'password' ? 'PLAIN' : 'OAUTHBEARER or XOAUTH2'}`);
}

async function readAll(connection: SieveConnection, host: string): Promise<SieveScripts> {
  const listed = requireOk(await connection.ask('LISTSCRIPTS'), host);
  const scripts: SieveScript[] = [];
  for (const [first, ...marks] of listed.rows) {
    const name = textOf(first);
    const { status, rows } = await connection.ask('GETSCRIPT', name);
    const bytes = rows[0]?.[0]?.bytes;
    if (status === 'BYE') throw notUnderstood(host, 'BYE');
    if (status !== 'OK' || bytes === undefined) continue;
    scripts.push({ name, isActive: marks.some((mark) => textOf(mark).toUpperCase() === 'ACTIVE'), bytes });
  }
  await connection.ask('LOGOUT').catch(() => undefined); // everything is here
  return { scripts, areAll: scripts.length === listed.rows.length };
}

function mechanismsOf({ rows }: SieveAnswer): ReadonlySet<string> {
  const row = rows.find(([name]) => textOf(name).toUpperCase() === 'SASL');
  return new Set(textOf(row?.[1]).toUpperCase().split(' '));
}

function requireOk(answer: SieveAnswer, host: string): SieveAnswer {
  if (answer.status !== 'OK') throw notUnderstood(host, answer.status);
  return answer;
}

const textOf = (word: { readonly bytes: Buffer } | undefined): string => word?.bytes.toString('utf8') ?? '';
const notUnderstood = (host: string, reason: string): StrataError =>
  new StrataError('source.protocol', 'later', { host, reason: `ManageSieve: ${reason}` });
