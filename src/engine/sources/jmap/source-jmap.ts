import type { JmapSettings } from '../../../shared/domain/source-settings.ts';
import type { CredentialReader } from '../credential.ts';
import type { Source } from '../source.ts';
import { type JmapLimits, jmapLimits } from './limits.ts';

/** What speaks JMAP is loaded when the first account is asked for: most commands speak to no server. */
export function jmapSource(settings: JmapSettings, credential: CredentialReader, other: Partial<JmapLimits> = {}): Source {
  const limits = { ...jmapLimits, ...other };
  return {
    open: async (run) => (await import('./session.ts')).openSession(settings, credential, run, limits),
    watch: async (listener) => (await import('./watch-jmap.ts')).watchJmap(settings, credential, limits, listener),
  };
}
