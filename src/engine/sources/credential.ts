/** What proves to a server who asks: a password, or a token of the account's provider that is good for a while (OAuth 2). */
export type Credential =
  | {
      readonly kind: 'password';
      readonly password: string;
      /** A token that the provider gave for programs: kept like a password, and shown as a token (RFC 6750). */
      readonly isToken?: true;
    }
  | {
      readonly kind: 'token';
      readonly accessToken: string;
      /** A server refused it although it should still be good: the next reading yields another one. */
      drop(): void;
    };

/**
 * Yields the account's credential when it is needed, and a fresh one each time; fails with `source.needs-secret`
 * where there is none at hand, and with `source.sign-in-expired` where the provider gives no more tokens.
 * It goes nowhere but to the server.
 */
export type CredentialReader = () => Promise<Credential>;
