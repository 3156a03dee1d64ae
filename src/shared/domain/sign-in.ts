/** How an account proves who it is. Settings without one are of an account with a password. */
export type SignIn = { readonly method: 'password' } | OAuthSignIn;

/** On the provider's own page, in a browser (OAuth 2). What comes of it is a secret and is never part of settings. */
export interface OAuthSignIn {
  readonly method: 'oauth';
  readonly server: OAuthServer;
  /** Under which name the provider knows this program. Strata ships none: a person registers one, or is given one. */
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** Who asks the person: a server that describes itself (RFC 8414, OpenID Connect Discovery), or its addresses. All of them https. */
export type OAuthServer = { readonly by: 'issuer'; readonly issuer: string } | OAuthEndpoints;

export interface OAuthEndpoints {
  readonly by: 'endpoints';
  readonly authorization: string;
  readonly token: string;
  /** For signing in with a code on another device (RFC 8628). */
  readonly device: string | null;
  /** RFC 7009. */
  readonly revocation: string | null;
}

/** Undefined: the account has a password. */
export const oauthOf = (settings: object): OAuthSignIn | undefined => {
  const { signIn } = settings as WithSignIn;
  return signIn?.method === 'oauth' ? signIn : undefined;
};

/** What settings of any account over the network may have. */
export interface WithSignIn {
  /** Absent in what an older Strata wrote. */
  readonly signIn?: SignIn | undefined;
}
