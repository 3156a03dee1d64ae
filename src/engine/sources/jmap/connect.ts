import type { JmapSettings } from '../../../shared/domain/source-settings.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { CredentialReader } from '../credential.ts';
import type { Waiting } from '../source-pace.ts';
import { addressOf } from '../web-address.ts';
import { WebConnection } from '../web-connection.ts';
import { asSourceFailure } from '../web-failure.ts';
import { discover, type Found } from './discovery.ts';
import type { JmapLimits } from './limits.ts';
import { ReadOnlyJmap } from './read-only-jmap.ts';
import { filledIn } from './session-object.ts';

/** Finds the account and signs in. */
export async function connectJmap(
  settings: JmapSettings,
  credential: CredentialReader,
  limits: JmapLimits,
  run: Pick<RunContext, 'signal' | 'clock'> & Waiting,
): Promise<ReadOnlyJmap> {
  const proof = proofOf(settings, credential);
  const connection = new WebConnection(settings, proof, limits, run);
  try {
    const found = await discover(connection, addressOf(settings).pathname);
    const holder = holderOf(found, connection.origin);
    const downloads = holder === undefined ? connection : new WebConnection({ ...settings, url: holder }, proof, limits, run);
    const jmap = ReadOnlyJmap.over({ api: connection, downloads }, found, limits, run);
    // Before any question: one that would go elsewhere is not asked.
    connection.targetOf(found.session.apiUrl, found.path);
    return jmap;
  } catch (error) {
    connection.close();
    throw asSourceFailure(error, connection.origin);
  }
}

/**
 * Another host that the account's own server names for messages, as some do (RFC 8620, section 2): who knows what lets us in sends us there,
 * over TLS as we came. Undefined: none. One host for all messages, whatever stands in the name of one.
 */
function holderOf({ session: { downloadUrl }, path }: Found, origin: URL): string | undefined {
  const holder = URL.parse(filledIn(downloadUrl, {}), new URL(path, origin).href);
  const isElsewhere = holder !== null && holder.hostname !== origin.hostname;
  return isElsewhere && holder.protocol === 'https:' && origin.protocol === 'https:' ? holder.origin : undefined;
}

function proofOf({ secretIs }: JmapSettings, credential: CredentialReader): CredentialReader {
  if (secretIs !== 'token') return credential;
  return async () => {
    const proof = await credential();
    return proof.kind === 'token' ? proof : { ...proof, isToken: true };
  };
}
