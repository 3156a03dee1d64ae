/** What proves to a server who asks: a password, or a token of the account's provider that is good for a while (OAuth 2). */
export type Credential =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'token'; readonly accessToken: string };

/**
 * Yields the account's credential when it is needed, and a fresh one each time; fails with `source.needs-secret`.
 * It goes nowhere but to the server.
 */
export type CredentialReader = () => Promise<Credential>;
