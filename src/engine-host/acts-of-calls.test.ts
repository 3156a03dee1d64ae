import { describe, expect, it } from 'vitest';
import type { CallArguments, CallName } from '../shared/contract/calls.ts';
import type { ActSubject } from '../shared/domain/act.ts';
import { actOf } from './acts-of-calls.ts';

const subjectOf = actOf as Readonly<Record<CallName, ((input: unknown) => ActSubject | null) | null>>;
const of = <Name extends CallName>(name: Name, input: Partial<CallArguments<Name>>) => subjectOf[name]?.(input);

describe('what goes into the record', () => {
  it('is never a password, a key, a sign-in, or a text that was handed in', () => {
    const secret = 'granite otter ferry cobalt';
    const input = {
      ...{ id: 'a', storage: 'a', run: 'a', job: 'a', source: 'a', item: 'a', origin: 'a', mirror: 'a', name: 'n', label: 'l' },
      ...{ path: '/p', kind: 'check', answer: 'mine', selection: { items: [], sources: [] }, untilMs: null },
      ...{
        password: secret,
        newPassword: secret,
        proof: { password: secret },
        unlock: { by: 'recovery-key', recoveryKey: secret },
      },
      ...{ secret, clientSecret: secret, secrets: { one: secret }, grant: secret, text: secret, settings: { url: secret } },
      ...{
        definition: { url: secret },
        target: { kind: 'original' },
        tag: secret,
        confirm: secret,
        reason: secret,
        token: secret,
      },
    };
    const recorded = Object.values(subjectOf).flatMap((subject) => subject?.(input) ?? []);
    expect(recorded.length).toBeGreaterThan(50);
    expect(JSON.stringify(recorded)).not.toContain(secret);
  });

  it('tells what goes back to where it came from from what leaves, and leaves out what only would', () => {
    const selection = { items: [], sources: [], recursive: true };
    const start = { selection, dryRun: false } as const;
    expect(of('restore.start', { ...start, target: { kind: 'original' } })?.kind).toBe('restore');
    expect(of('restore.start', { ...start, target: { kind: 'mbox', path: '/out' } })).toMatchObject({
      kind: 'export',
      to: '/out',
    });
    // It lists what is there.
    expect(of('restore.start', { ...start, dryRun: true, target: { kind: 'original' } })?.kind).toBe('browse');
    expect(of('storage.purge', { dryRun: true })).toBeNull();
    expect(of('storage.purge', { dryRun: false })?.kind).toBe('purge');
  });

  it('says by how many days the record was shortened, and nothing of how the window looks', () => {
    expect(of('app.setPreferences', { recordDays: 30, theme: 'dark' })?.settings).toEqual(['recordDays=30']);
    expect(of('app.setPreferences', { theme: 'dark', savedSearches: ['x'] })).toBeNull();
  });
});
