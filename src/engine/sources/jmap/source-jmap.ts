import type { JmapSettings } from '../../../shared/domain/source-settings.ts';
import type { CredentialReader } from '../credential.ts';
import type { Source } from '../source.ts';
import { type JmapLimits, jmapLimits } from './limits.ts';

/** What speaks JMAP is loaded when the first account is asked for: most commands speak to no server. */
export const jmapSource = (settings: JmapSettings, credential: CredentialReader, limits: JmapLimits = jmapLimits): Source => ({
  open: async (run) => (await import('./session.ts')).openSession(settings, credential, run, limits),
  watch: async (listener) => (await import('./watch-jmap.ts')).watchJmap(settings, credential, limits, listener),
});
