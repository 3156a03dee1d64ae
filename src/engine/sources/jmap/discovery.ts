import { StrataError } from '../../../shared/domain/strata-error.ts';
import { type WebConnection, wholeBody } from '../web-connection.ts';
import { isRefused, Unintelligible } from '../web-failure.ts';
import { type JmapSession, readSession } from './session-object.ts';

/** RFC 8620, section 2.2. */
const wellKnown = '/.well-known/jmap';
const sessionBytes = 1024 * 1024;

export interface Found {
  readonly session: JmapSession;
  /** Where it was: addresses in it may be relative to that. */
  readonly path: string;
}

/** From what a person typed to the session object. A refused sign-in ends the search. */
export async function discover(connection: WebConnection, typed: string): Promise<Found> {
  const tries = typed === '/' ? [wellKnown] : [typed, wellKnown];
  for (const path of tries) {
    const found = await look(connection, path);
    if (found !== undefined) return found;
  }
  throw new StrataError('source.not-offered', 'after-user-action', { host: connection.origin.hostname, service: 'JMAP' });
}

/** Undefined: there is nothing of the kind at that path. */
async function look(connection: WebConnection, path: string): Promise<Found | undefined> {
  try {
    const answer = await connection.ask({ method: 'GET', path, headers: { accept: 'application/json' } }, true);
    const bytes = await wholeBody(answer, sessionBytes);
    const session = bytes === undefined ? undefined : readSession(parsed(bytes));
    return session && { session, path: answer.path };
  } catch (error) {
    if (isRefused(error) || error instanceof Unintelligible) return undefined;
    throw error;
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // A web page, most of the time: there is no JMAP here.
    return undefined;
  }
}
