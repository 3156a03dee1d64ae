import type { DavSettings } from '../../../shared/domain/source-settings.ts';
import type { CredentialReader } from '../credential.ts';
import { pollAgainAndAgain } from '../polling.ts';
import type { Source } from '../source.ts';
import type { DavLimits } from './limits.ts';

/** What reads calendars and contacts is loaded when the first account is asked for: most commands speak to no server. */
export const davSource = (settings: DavSettings, credential: CredentialReader, limits?: Partial<DavLimits>): Source => ({
  open: async (run) => (await import('./session.ts')).openSession(settings, credential, run, limits),
  // A walk goes on from tokens, and asks for nothing where there is nothing new.
  watch: (listener) => Promise.resolve(pollAgainAndAgain(listener)),
});
