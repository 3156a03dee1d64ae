import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import type { Credential } from '../credential.ts';

/** What is said to be let in, in Base64. */
export interface SaslWords {
  readonly mechanism: 'PLAIN' | 'OAUTHBEARER' | 'XOAUTH2';
  readonly first: string;
  /** What a server waits for that has said why it refuses. */
  readonly afterRefusal: string;
}

/** The best of what the server offers; undefined: it offers nothing that fits. imapflow says the same for a mailbox. */
export function saslFor(
  proof: Credential,
  { host, port, user }: Pick<ImapSettings, 'host' | 'port' | 'user'>,
  offered: ReadonlySet<string>,
): SaslWords | undefined {
  const words = (mechanism: SaslWords['mechanism'], parts: readonly string[], afterRefusal = ''): SaslWords | undefined =>
    offered.has(mechanism)
      ? { mechanism, first: Buffer.from(parts.join(mechanism === 'PLAIN' ? '\0' : '\x01')).toString('base64'), afterRefusal }
      : undefined;
  // RFC 4616
  if (proof.kind === 'password') return words('PLAIN', ['', user, proof.password]);
  const bearer = `auth=Bearer ${proof.accessToken}`;
  return (
    // RFC 7628, 3.1; the name as RFC 5801 wants it. AQ== is a lone \x01.
    words('OAUTHBEARER', [`n,a=${saslName(user)},`, `host=${host}`, `port=${port}`, bearer, '', ''], 'AQ==') ??
    // Google's, and most others' until today
    words('XOAUTH2', [`user=${user}`, bearer, '', ''])
  );
}

const saslName = (user: string): string => user.replaceAll('=', '=3D').replaceAll(',', '=2C');
