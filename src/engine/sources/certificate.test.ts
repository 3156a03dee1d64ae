import tls from 'node:tls';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EmulatedImapServer } from '../../../test/kit/emulated/imap-server.ts';
import { systemClock } from '../kernel/system-clock.ts';
import { password } from './testing/credentials.ts';
import { testRun } from './testing/test-run.ts';

const servers: EmulatedImapServer[] = [];
beforeEach(() => void vi.resetModules());
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) await server.close();
});

const [one = '', two = ''] = tls.rootCertificates;

it('each authority is read once, however often and with whatever ends of lines a system names it, and all of them once', async () => {
  vi.stubEnv('NODE_EXTRA_CA_CERTS', '');
  vi.spyOn(tls, 'getCACertificates').mockImplementation((kind) =>
    kind === 'default' ? [one] : [one.replaceAll('\n', '\r\n'), two, `${two}\n`],
  );
  const context = vi.spyOn(tls, 'createSecureContext');
  const { secureContext } = await import('./certificate.ts');
  expect(secureContext()).toBe(secureContext());
  const [options] = context.mock.calls[0] ?? [];
  expect(context).toHaveBeenCalledOnce();
  expect((options?.ca as string[]).map((pem) => pem.trim())).toEqual([one.replaceAll('\n', '\r\n').trim(), two]);
});

it.for(['none', 'starttls'] as const)('authorities are gathered only for a connection that is encrypted: %s', async (mode) => {
  const gathered = vi.spyOn(tls, 'getCACertificates');
  const { connectImap } = await import('./imap/connection.ts');
  const server = await EmulatedImapServer.start({ startTls: 'localhost' });
  servers.push(server);
  const settings = { kind: 'imap', host: '127.0.0.1', port: server.port, tls: mode, user: 'ada', exclude: [] } as const;
  const limits = { connectMs: 3000, silenceMs: 3000, retryAfterMs: 1 };
  const run = { ...testRun(), clock: systemClock };
  const client = await connectImap({ ...settings, certificateSha256: null }, password('secret'), limits, run).catch(
    () => undefined,
  );
  client?.close();
  expect(gathered.mock.calls.length > 0).toBe(mode === 'starttls');
});
