import { grantId, httpsUrl, oauthSignIn, secret, sourceId, timeMs } from './values.ts';
import { z } from './z.ts';

/** Signing in on a provider's page. What comes of it stays in the engine, under the name of a grant, until a source keeps it. */
export const signInCalls = {
  /**
   * `browser`: on this computer, to which the provider's page sends the answer back. `code`: on any device, where the code is typed.
   * Without a secret of the client, that of the source, where it has one. The page in the browser speaks the language.
   */
  'signIn.begin': {
    input: z.object({
      signIn: oauthSignIn,
      user: z.string().max(320),
      clientSecret: secret.nullable(),
      source: sourceId.nullable(),
      way: z.enum(['browser', 'code']),
      language: z.enum(['en', 'de']),
    }),
    output: z.object({ grant: grantId, address: httpsUrl, code: z.string().nullable(), endsAtMs: timeMs }),
  },
  /** Answers when the person has signed in; a failure says why not. */
  'signIn.wait': { input: z.object({ grant: grantId }), output: z.object({}) },
  'signIn.cancel': { input: z.object({ grant: grantId }), output: z.object({}) },
} as const;
