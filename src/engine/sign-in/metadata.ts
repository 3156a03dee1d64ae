import type { AuthorizationServer, DiscoveryRequestOptions } from 'oauth4webapi';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { reasonOf, signInFailure } from './failure.ts';

/**
 * What a server says of itself: at the place of RFC 8414, and where nothing is there, at that of OpenID Connect Discovery.
 * It has to name itself as it was asked for, or it speaks for another one.
 */
export async function askMetadata(
  library: typeof import('oauth4webapi'),
  issuer: URL,
  way: DiscoveryRequestOptions,
): Promise<AuthorizationServer> {
  const ask = async (algorithm: 'oauth2' | 'oidc'): Promise<AuthorizationServer> =>
    library.processDiscoveryResponse(issuer, await library.discoveryRequest(issuer, { ...way, algorithm }));
  try {
    return await ask('oauth2').catch((error: unknown) => {
      if (reasonOf(error)?.startsWith('HTTP ') !== true) throw error;
      return ask('oidc');
    });
  } catch (error) {
    const failure = signInFailure(error, issuer);
    if (!isStrataError(failure) || failure.code !== 'sign-in.failed') throw failure;
    throw new StrataError('sign-in.no-such-address', 'after-user-action', failure.facts, { cause: failure });
  }
}
