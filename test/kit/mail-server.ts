import type { CredentialReader } from '../../src/engine/sources/credential.ts';
import type { ImapSettings, TlsMode } from '../../src/shared/domain/source-settings.ts';
import type { TestMailbox } from './dovecot/mailbox.ts';

/** A real mail server of the test's own, whoever made it: what is promised of all of them is tested with this. */
export interface MailServer {
  readonly name: string;
  readonly imapPort: number;
  readonly imapsPort: number;
  /** Undefined: it manages no filter scripts. */
  readonly sievePort: number | undefined;
  readonly password: string;
  /** For settings that approve the server's certificate. */
  readonly certificateSha256: string;
  readonly credential: CredentialReader;
  /** A name with a mailbox that nobody used. */
  newUser(): string | Promise<string>;
  settings(user: string, tls: TlsMode, more?: Partial<ImapSettings>): ImapSettings;
  mailbox(user: string): Promise<TestMailbox>;
  /** What clients said since the last call, after signing in, line by line. */
  takeSaid(): string[];
  stop(): Promise<void>;
}
