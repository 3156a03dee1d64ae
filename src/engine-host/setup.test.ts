import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { randomSetup } from '../../test/kit/random-setup.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { type Engine, openEngine } from '../engine/index.ts';
import type { Setup } from '../shared/domain/setup.ts';
import { parseSetup, setupText } from './setup-text.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const noKeychain = {
  status: () => Promise.resolve('unavailable' as const),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

async function emptyEngine(): Promise<Engine> {
  const engine = await openEngine({
    profileDir: path.join(temporaryFolder(), 'profile'),
    keychain: noKeychain,
    appVersion: '0',
    log: silent,
  });
  onTestFinished(() => engine.close('now'));
  return engine;
}
const given = ({ storages }: Setup) => ({
  secrets: storages.map(({ name }) => ({ kind: 'storage' as const, name, secret: 'correct horse battery' })),
  keepInKeychain: false,
});
const actions = (engine: Engine, setup: Setup): string[] => [...new Set(engine.setups.plan(setup).map(({ action }) => action))];

describe('a setup', () => {
  it('that was exported and applied to an empty profile is exported the same, byte for byte, and applied again changes nothing', {
    timeout: 240_000,
  }, async () => {
    // Each makes storages with passwords that are costly to guess.
    for (const [seed, storages] of [
      [1, 1],
      [2, 2],
    ] as const) {
      const folder = temporaryFolder();
      const setup = parseSetup(setupText(randomSetup(seed, folder, storages)));
      expect(setup.jobs.some(({ alsoTo }) => (alsoTo?.length ?? 0) > 0)).toBe(storages > 1);
      const first = await emptyEngine();
      const { made } = await first.setups.apply(setup, given(setup));
      expect(made).toHaveLength(setup.storages.length);
      const text = setupText(first.setups.export());
      expect(
        parseSetup(text)
          .jobs.map(({ name }) => name)
          .toSorted(),
      ).toEqual(setup.jobs.map(({ name }) => name).toSorted());
      await first.close('now');

      const second = await emptyEngine();
      for (const { place } of setup.storages) fs.rmSync(place, { recursive: true });
      const exported = parseSetup(text);
      await second.setups.apply(exported, given(exported));
      expect(setupText(second.setups.export())).toBe(text);
      expect(actions(second, exported)).toEqual(['same']);
      await second.setups.apply(exported, { secrets: [], keepInKeychain: false });
      expect(setupText(second.setups.export())).toBe(text);
    }
  });

  it('changes what it names, says so member by member, and leaves everything else', async () => {
    const folder = temporaryFolder();
    const engine = await emptyEngine();
    const setup = parseSetup(setupText({ ...randomSetup(4, folder, 1), jobs: [] }));
    const storage = setup.storages[0]?.name ?? '';
    const source = setup.sources[0]?.name ?? '';
    const job = { name: 'J', sources: [source], storage, priority: 'low', group: 'Home' } as const;
    await engine.setups.apply({ ...setup, jobs: [job] }, given(setup));
    const before = engine.setups.export();
    const change: Setup = {
      ...{ strata: 1, storages: [], sources: [], channels: [] },
      jobs: [{ ...job, name: 'j', priority: 'high', timing: { retries: 7 } }],
    };
    expect(engine.setups.plan(change)).toEqual([
      {
        ...{ kind: 'job', name: 'j', action: 'change', secret: null },
        changes: [
          { member: 'priority', before: '"low"', after: '"high"' },
          { member: 'timing.retries', before: '2', after: '7' },
        ],
      },
    ]);
    await engine.setups.apply(change, { secrets: [], keepInKeychain: false });
    const after = engine.setups.export();
    expect(after).toEqual({
      ...before,
      jobs: before.jobs.map((one) => ({ ...one, priority: 'high', timing: { ...one.timing, retries: 7 } })),
    });
  });

  it('in which anything is wrong changes nothing', async () => {
    const folder = temporaryFolder();
    const engine = await emptyEngine();
    const setup = parseSetup(setupText({ ...randomSetup(5, folder, 1), jobs: [] }));
    const storage = setup.storages[0]?.name ?? '';
    const source = setup.sources[0]?.name ?? '';
    const job = { name: 'J', sources: [source], storage };
    const before = setupText(engine.setups.export());
    const wrong: [Partial<Setup>, string][] = [
      [{ jobs: [{ ...job, sources: ['nobody'] }] }, 'setup.unknown-name'],
      [{ jobs: [{ ...job, storage: 'nowhere' }] }, 'setup.unknown-name'],
      [{ jobs: [{ ...job, alsoTo: ['nowhere'] }] }, 'setup.unknown-name'],
      [{ jobs: [{ ...job, alerts: { nobody: [] } }] }, 'setup.unknown-name'],
      [{ jobs: [job, { ...job, name: 'j' }] }, 'setup.twice'],
      [{ jobs: [{ ...job, schedule: { mode: 'cron', expression: '0 2 1 * 1' } }] }, 'schedule.cron-unclear'],
      [{ jobs: [{ ...job, zone: 'Nowhere/Land' }] }, 'input.invalid'],
      [{ storages: [{ name: storage, place: path.dirname(engine.parts.profile.statePath) }] }, 'storage.not-empty'],
    ];
    for (const [part, code] of wrong) {
      await expect(engine.setups.apply({ ...setup, ...part }, given(setup))).rejects.toMatchObject({ code });
      expect(setupText(engine.setups.export())).toBe(before);
    }
    await expect(engine.setups.apply(setup, { secrets: [], keepInKeychain: false })).rejects.toMatchObject({
      code: 'setup.needs-secret',
    });
    expect(fs.existsSync(setup.storages[0]?.place ?? '')).toBe(false);
    await engine.setups.apply(setup, given(setup));
    const moved = { ...setup, storages: [{ name: storage, place: path.join(folder, 'elsewhere') }] };
    expect(() => engine.setups.plan(moved)).toThrow(expect.objectContaining({ code: 'setup.place-differs' }) as Error);
    const other = { ...setup, sources: [{ name: source, settings: { kind: 'maildir', path: folder, exclude: [] } as const }] };
    expect(() => engine.setups.plan(other)).toThrow(expect.objectContaining({ code: 'setup.kind-differs' }) as Error);
  });

  it('finds a storage that lies in its place', async () => {
    const folder = temporaryFolder();
    const setup = parseSetup(setupText({ ...randomSetup(6, folder, 1), jobs: [] }));
    const first = await emptyEngine();
    await first.setups.apply(setup, given(setup));
    const storage = first.parts.store.storages()[0]?.id;
    await first.close('now');
    const second = await emptyEngine();
    expect(second.setups.plan(setup)[0]).toMatchObject({ kind: 'storage', action: 'attach' });
    await expect(
      second.setups.apply(setup, {
        secrets: [{ kind: 'storage', name: setup.storages[0]?.name ?? '', secret: 'wrong' }],
        keepInKeychain: false,
      }),
    ).rejects.toMatchObject({ code: 'storage.wrong-password' });
    expect(second.parts.store.storages()).toEqual([]);
    expect(storage).toBeDefined();
  });
});
