/**
 * Signing in on a provider's own page (OAuth 2): in a browser on this computer (authorization code with PKCE, RFC 8252), or with a
 * code on any device (RFC 8628); and what keeps such a sign-in alive afterwards.
 *
 * Promises: tokens and client secrets go over https to the one provider that the settings name, and nowhere else; a refresh token
 * is kept before the one that it replaces is forgotten; however many ask for a token at once, the provider is asked once.
 * Refuses answers that are no answers (too long, slow, sent on elsewhere, no JSON), and any sign-in whose state is not its own.
 */
export type { Attempt, Page } from './attempt.ts';
export { signInByCode } from './by-code.ts';
export { signInInBrowser } from './in-browser.ts';
export { Provider, type ProviderDeps } from './provider.ts';
export { inMemory, RefreshTokens, type TokenPlace } from './refresh-tokens.ts';
export { SignedIn } from './signed-in.ts';
export type { Tokens } from './tokens.ts';
