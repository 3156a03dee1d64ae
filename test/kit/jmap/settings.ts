import type { JmapSettings } from '../../../src/shared/domain/source-settings.ts';

export const jmapSettings = (server: { readonly url: string }, user: string, more: Partial<JmapSettings> = {}): JmapSettings => ({
  ...{ kind: 'jmap', url: server.url, user, certificateSha256: null, exclude: [] },
  ...more,
});
