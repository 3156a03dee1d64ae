import { expect, it, onTestFinished } from 'vitest';
import { type Engine, openEngine } from '../../src/engine/index.ts';
import type { Keychain } from '../../src/engine/kernel/keychain.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { readStatus } from '../../src/engine/service/status.ts';
import type { JobId, SourceId } from '../../src/shared/domain/ids.ts';
import type { ImapSettings } from '../../src/shared/domain/source-settings.ts';
import type { Dovecot } from '../kit/dovecot/dovecot.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

const dayMs = 86_400_000;

const runsOut = (dovecot: () => Dovecot): void => {
  const clock = fakeClock(Date.now());
  const opened = async (): Promise<Engine> => {
    const kept = new Map<string, string>();
    const keychain: Keychain = {
      status: () => Promise.resolve('available'),
      read: (account) => Promise.resolve(kept.get(account)),
      write: (account, secret) => Promise.resolve(void kept.set(account, secret)),
      remove: (account) => Promise.resolve(void kept.delete(account)),
    };
    const profileDir = `${temporaryFolder()}/profile`;
    const engine = await openEngine({ profileDir, keychain, appVersion: '0.0.0-test', log: silentLog, instead: { clock } });
    onTestFinished(() => engine.close('now'));
    return engine;
  };
  const jobOf = async (engine: Engine, settings: ImapSettings): Promise<{ id: SourceId; job: JobId }> => {
    const given = { secret: dovecot().password, keepInKeychain: true };
    const { id } = await engine.sources.add({ name: 'Post', settings, ...given });
    const path = `${temporaryFolder()}/storage`;
    const { id: storage } = await engine.storages.create({
      name: 'Shelf',
      path,
      password: 'correct horse',
      keepInKeychain: true,
    });
    return { id, job: engine.jobs.create({ name: 'Mail', sources: [id], storage, schedule: { mode: 'manual' } }).id };
  };
  const needs = async ({ parts, jobs, storages, removals }: Engine): Promise<string[]> =>
    (await readStatus(parts, jobs, storages, removals)).needs.flatMap(({ kind, source, failure }) =>
      source === undefined ? [] : [`${kind} ${failure?.code ?? ''}`],
    );
  /** What the inbox has of it when so many hours have passed. */
  const told = async (engine: Engine, hours: number) => {
    for (let hour = 0; hour < hours; hour++) {
      await clock.advance(dayMs / 24);
      engine.alerts.tick();
      await engine.alerts.settled();
    }
    return engine.alerts.inbox(50).entries.filter(({ alert }) => alert.topic === 'certificate-ends');
  };
  const run = async (engine: Engine, job: JobId): Promise<string> => {
    const ended = await engine.parts.runs.ended(await engine.jobs.run(job, 'person'));
    return ended?.failure?.code ?? ended?.problems[0]?.failure.code ?? ended?.status ?? '';
  };

  it('is a need in the last third of its life, is told once a day, stops backups by its successor, and is over with that', async () => {
    const user = dovecot().newUser();
    await (await dovecot().mailbox(user)).append('INBOX', plainMessage(1));
    const engine = await opened();
    const settings = dovecot().settings(user, 'starttls', { certificateSha256: dovecot().certificateSha256 });
    const { id, job } = await jobOf(engine, settings);
    expect(await run(engine, job)).toBe('success');
    expect(await needs(engine)).toEqual([]);

    await clock.advance(20 * dayMs);
    expect(await needs(engine)).toEqual(['certificate-ends source.approved-ends']);
    expect((await engine.sources.show(id)).endings).toMatchObject([{ failure: { facts: { host: '127.0.0.1' } } }]);
    expect(await told(engine, 23)).toMatchObject([{ alert: { level: 'warning', facts: { name: 'Post' } } }]);
    expect(await told(engine, 2)).toHaveLength(2);

    await clock.advance(10 * dayMs);
    expect(await needs(engine)).toEqual(['certificate-ends source.approved-ended']);
    expect(await run(engine, job)).toBe('success');

    await dovecot().renewCertificate(90);
    expect(await run(engine, job)).toBe('source.certificate-changed');
    expect(await needs(engine)).toEqual(['certificate-ends source.approved-ended']);
    const renewed = { ...settings, certificateSha256: dovecot().certificateSha256 };
    await engine.sources.edit({ id, name: 'Post', settings: renewed, secret: null, keepInKeychain: true });
    expect(await run(engine, job)).toBe('success');
    expect(await needs(engine)).toEqual([]);
  });

  it('is none of a server that a form only tries out, nor of one that shows what nobody approved', async () => {
    const user = dovecot().newUser();
    const engine = await opened();
    const nobodys = dovecot().settings(user, 'implicit');
    const { id, job } = await jobOf(engine, nobodys);
    expect(await run(engine, job)).toBe('source.tls-untrusted');
    const tried = dovecot().settings(user, 'starttls', { certificateSha256: dovecot().certificateSha256 });
    expect(await engine.sources.test({ id, settings: tried, secret: null })).toMatchObject({ ok: true });
    expect(engine.parts.store.sources()[0]?.certificates).toBeUndefined();
  });

  it('is looked at where the filter scripts are, too (ManageSieve), and told of once where it is the same', async () => {
    const user = dovecot().newUser();
    await dovecot().renewCertificate(90);
    const { certificateSha256, sievePort } = dovecot();
    const engine = await opened();
    const settings = dovecot().settings(user, 'starttls', { certificateSha256, sievePort });
    const { job } = await jobOf(engine, settings);
    expect(await run(engine, job)).toBe('success');
    const { certificates = {} } = engine.parts.store.sources()[0] ?? {};
    expect(Object.keys(certificates).sort()).toEqual(['127.0.0.1', `127.0.0.1:${sievePort}`]);
    expect(certificates[`127.0.0.1:${sievePort}`]).toEqual(certificates['127.0.0.1']);
    await clock.advance((certificates['127.0.0.1']?.untilMs ?? 0) - 5 * dayMs - clock.nowMs());
    expect(await needs(engine)).toEqual(['certificate-ends source.approved-ends']);
  });
};

withDovecot('a certificate that runs out, on Dovecot', runsOut, { filters: true });
