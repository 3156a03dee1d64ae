import type { JmapSettings } from '../../../shared/domain/source-settings.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { CredentialReader } from '../credential.ts';
import type { Waiting } from '../server-pace.ts';
import { addressOf } from '../web-address.ts';
import { WebConnection } from '../web-connection.ts';
import { asSourceFailure } from '../web-failure.ts';
import { discover } from './discovery.ts';
import type { JmapLimits } from './limits.ts';
import { ReadOnlyJmap } from './read-only-jmap.ts';

/** Finds the account and signs in. */
export async function connectJmap(
  settings: JmapSettings,
  credential: CredentialReader,
  limits: JmapLimits,
  run: Pick<RunContext, 'signal' | 'clock'> & Waiting,
): Promise<ReadOnlyJmap> {
  const connection = new WebConnection(settings, proofOf(settings, credential), limits, run);
  try {
    const found = await discover(connection, addressOf(settings).pathname);
    return new ReadOnlyJmap(connection, found, limits, run);
  } catch (error) {
    connection.close();
    throw asSourceFailure(error, connection.origin);
  }
}

function proofOf({ secretIs }: JmapSettings, credential: CredentialReader): CredentialReader {
  if (secretIs !== 'token') return credential;
  return async () => {
    const proof = await credential();
    return proof.kind === 'token' ? proof : { ...proof, isToken: true };
  };
}
