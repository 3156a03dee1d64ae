import type { DavSettings } from '../../../src/shared/domain/source-settings.ts';
import type { CredentialReader } from '../../../src/engine/sources/credential.ts';

/** A real server of calendars and contacts, of the test's own, whoever made it. */
export interface DavServer {
  readonly name: string;
  readonly url: string;
  readonly password: string;
  readonly credential: CredentialReader;
  /** A name with an account that nobody used. */
  newUser(): string | Promise<string>;
  stop(): Promise<void>;
}

export const davSettings = (
  server: Pick<DavServer, 'url'>,
  kind: DavSettings['kind'],
  user: string,
  more: Partial<DavSettings> = {},
): DavSettings => ({ kind, url: server.url, user, certificateSha256: null, exclude: [], ...more });
