import type { Socket } from 'node:net';
import type { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { type CertificateListener, requireTrust, secureContext } from '../certificate.ts';
import { isWebPage } from '../connect-failure.ts';
import type { Credential, CredentialReader } from '../credential.ts';
import type { PatienceLimits } from '../patience.ts';
import type { SourcePace, Waiting } from '../source-pace.ts';
import { connectFailure } from './failure.ts';
import { keepPace } from './keeping-pace.ts';

export interface ImapLimits {
  /** One deadline for the whole attempt: name, connection, encryption and sign-in. */
  readonly connectMs: number;
  /** How long the server may be silent. An idle connection ends then, too; the next need makes a new one. */
  readonly silenceMs: number;
  /** Between losing a connection and the one new attempt. */
  readonly retryAfterMs: number;
  /** Shared by all that speak to this source. Absent: as fast as it answers. */
  readonly pace?: SourcePace | undefined;
  readonly patience?: PatienceLimits | undefined;
  readonly onCertificate?: CertificateListener | undefined;
}
export const imapLimits: ImapLimits = { connectMs: 30_000, silenceMs: 120_000, retryAfterMs: 2000 };

/** Larger literals are never asked for (`reading.ts`), so a server that sends one is broken or hostile. */
const literalLimit = 150 * 1024 * 1024;
/** The longest honest line names the UIDs that vanished: half a million of them, badly scattered. */
const lineLimit = 4 * 1024 * 1024;

/** Told of what imapflow passes over: an answer that it could not understand, and one that is a web page. */
interface Ears {
  unparsed(): void;
  webPage(): void;
}

/**
 * Connects, encrypts as chosen, judges the certificate, signs in.
 * `onUnparsed` is called for every answer that imapflow could not understand, and passed over.
 * The credential is handed out only to a socket that passed {@link requireTrust}, whichever way it was encrypted.
 * A token that is refused may have ended before its time: a fresh one is tried once.
 */
export async function connectImap(
  settings: ImapSettings,
  credential: CredentialReader,
  limits: ImapLimits,
  run: Pick<RunContext, 'signal' | 'clock'> & Waiting,
  onUnparsed: () => void = () => undefined,
): Promise<ImapFlow> {
  const proof = await credential();
  try {
    return await signIn(settings, proof, limits, run, onUnparsed);
  } catch (error) {
    if (proof.kind === 'password' || !isStrataError(error) || error.code !== 'source.sign-in-refused') throw error;
    proof.drop();
    return signIn(settings, await credential(), limits, run, onUnparsed).catch((again: unknown) => {
      if (!isStrataError(again) || again.code !== 'source.sign-in-refused') throw again;
      const { host, user } = settings;
      throw new StrataError('source.consent-needed', 'after-user-action', { host, user }, { cause: again });
    });
  }
}

async function signIn(
  settings: ImapSettings,
  proof: Credential,
  limits: ImapLimits,
  run: Pick<RunContext, 'signal' | 'clock'> & Waiting,
  onUnparsed: () => void,
): Promise<ImapFlow> {
  stopIfCancelled(run);
  // Loaded when the first account is asked for: it is a third of all code, and most commands speak to no server.
  const imapflow = await import('imapflow');
  let isPage = false;
  const webPage = (): void => {
    if (client.greeting !== undefined) return;
    isPage = true;
    client.close();
  };
  const client: ImapFlow = new imapflow.ImapFlow({
    ...options(settings, limits, { unparsed: onUnparsed, webPage }),
    auth: {
      user: settings.user,
      get pass() {
        requireEncryption(client, settings, limits.onCertificate);
        return proof.kind === 'password' ? proof.password : undefined;
      },
      get accessToken() {
        requireEncryption(client, settings, limits.onCertificate);
        return proof.kind === 'token' ? proof.accessToken : undefined;
      },
    },
  });
  if (limits.pace !== undefined) keepPace(client, limits.pace, settings.host, run);
  const cancel = (): void => client.close();
  const forget = (): void => run.signal.removeEventListener('abort', cancel);
  run.signal.addEventListener('abort', cancel, { once: true });
  client.once('close', forget);
  // Safe to ignore: the command in flight fails with the same error, and a connection that dies idle is replaced when needed.
  client.on('error', () => undefined);
  try {
    await withinDeadline(client.connect(), limits.connectMs, settings, run.clock);
    requireSignIn(client, settings);
  } catch (error) {
    client.close();
    forget();
    const { host, port } = settings;
    if (proof.kind === 'token' && client.capabilities.size > 0 && !takesTokens(client) && !run.signal.aborted)
      throw new StrataError('source.takes-no-token', 'after-user-action', { host }, { cause: error });
    if (isPage && !run.signal.aborted) throw new StrataError('source.web-page', 'later', { host, port }, { cause: error });
    throw connectFailure(error, settings, run.signal);
  }
  // imapflow would put the personal prefix before every path, also of shared folders: ours are always as the server lists them.
  client.namespace = { prefix: '', delimiter: client.namespace?.delimiter };
  return client;
}

function options(settings: ImapSettings, limits: ImapLimits, ears: Ears) {
  const isImplicit = settings.tls === 'implicit';
  return {
    host: settings.host,
    port: settings.port,
    secure: isImplicit,
    doSTARTTLS: settings.tls === 'starttls',
    // The handshake judges nothing, or we could not tell a person which certificate it was: requireTrust does.
    tls: { ...(settings.tls === 'none' ? {} : { secureContext: secureContext() }), rejectUnauthorized: false },
    logger: deafLogger(ears),
    clientInfo: { name: 'Strata', version: false as const, vendor: false as const, 'support-url': false as const },
    // One dialect: everything here is written and tested for IMAP4rev1 with extensions.
    disableIMAP4rev2: true,
    qresync: true,
    disableAutoIdle: true,
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    socketTimeout: limits.silenceMs,
    maxLiteralSize: literalLimit,
    maxLineLength: lineLimit,
    maxResponseSize: literalLimit + lineLimit,
  };
}

/**
 * Keeps nothing of what imapflow would log, as it may hold anything. But its log is the only place where imapflow tells of an
 * answer that it passed over: a line that it could not parse (with the number of its bytes), or whose content it could not use.
 */
function deafLogger(ears: Ears) {
  const ignore = (): void => undefined;
  const listen = (entry: { readonly payloadBytes?: number; readonly msg?: string; readonly tag?: string }): void => {
    if (entry.payloadBytes !== undefined || entry.msg === 'Failed to process untagged response') ears.unparsed();
    if (isWebPage(entry.tag ?? entry.msg ?? '')) ears.webPage();
  };
  return { debug: ignore, info: ignore, warn: listen, error: listen };
}

/** imapflow keeps its socket to itself, and nothing else tells which certificate the server showed. */
const socketOf = (client: ImapFlow): Socket | undefined =>
  (client as unknown as { readonly socket: Socket | false | null }).socket || undefined;

/** Called when the password is about to be sent. */
function requireEncryption(client: ImapFlow, settings: ImapSettings, onTrusted: CertificateListener | undefined): void {
  if (settings.tls !== 'none') return requireTrust(socketOf(client), settings, onTrusted);
  if (!client.capabilities.has('LOGINDISABLED')) return;
  const { host, port, tls } = settings;
  throw new StrataError('source.tls-refused', 'after-user-action', { host, port, tls });
}

/**
 * A server that greets with PREAUTH says that somebody is signed in already, and so skips the point where the password, and
 * with it the certificate, is asked for: a known way to keep a client from encrypting. It is refused however it came.
 */
function requireSignIn(client: ImapFlow, settings: ImapSettings): void {
  if (client.greeting === undefined) {
    throw new StrataError('source.protocol', 'after-user-action', { host: settings.host, reason: 'PREAUTH' });
  }
}

const takesTokens = ({ capabilities }: ImapFlow): boolean =>
  capabilities.has('AUTH=OAUTHBEARER') || capabilities.has('AUTH=XOAUTH2');

async function withinDeadline(attempt: Promise<void>, ms: number, settings: ImapSettings, clock: Clock): Promise<void> {
  const inTime = new AbortController();
  const { host, port } = settings;
  const deadline = clock.sleep(ms, inTime.signal).then(() => {
    if (!inTime.signal.aborted) throw new StrataError('source.timed-out', 'later', { host, port });
  });
  try {
    await Promise.race([attempt, deadline]);
  } finally {
    inTime.abort();
    // The one that lost the race may still fail; the race has told why.
    attempt.catch(() => undefined);
  }
}
