import { expect, it } from 'vitest';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { StoredSource } from '../catalog/index.ts';
import { endingsOf, lifeOf } from './endings.ts';

const dayMs = 86_400_000;
const source = (more: Partial<StoredSource>, certificateSha256: string | null = null): StoredSource => ({
  ...{ id: 'a'.repeat(20) as SourceId, name: 'Post', secretInKeychain: true },
  settings: { kind: 'imap', host: 'mail.nord.example', port: 993, tls: 'implicit', user: 'ada', certificateSha256, exclude: [] },
  ...more,
});
const certified = (days: number): Partial<StoredSource> => ({
  certificates: { 'mail.nord.example': { fromMs: 0, untilMs: days * dayMs } },
});
const said = (one: StoredSource, day: number): string[] => endingsOf(one, day * dayMs).map(({ failure: { code } }) => code);

it.for([
  ['a year', 365, 350.9, [], 351, ['source.certificate-ends']],
  ['ninety days', 90, 75.9, [], 76, ['source.certificate-ends']],
  // Renewed every few days: at the last third of its life somebody should have.
  ['six days', 6, 3.9, [], 4, ['source.certificate-ends']],
  ['a year', 365, 364.9, ['source.certificate-ends'], 365, ['source.certificate-ended']],
] as const)('a certificate that is good for %s is told of in time', ([_name, days, quiet, before, told, after]) => {
  expect(said(source(certified(days)), quiet)).toEqual(before);
  expect(said(source(certified(days)), told)).toEqual(after);
});

it('an approved certificate is told of in words of its own, since its successor stops backups', () => {
  const approved = source(certified(90), 'a1'.repeat(32));
  expect([70, 80, 95].map((day) => said(approved, day))).toEqual([[], ['source.approved-ends'], ['source.approved-ended']]);
});

it('the server of filter scripts is told of where its certificate is another, by its port, and as long as it is asked', () => {
  const own = { fromMs: 0, untilMs: 365 * dayMs };
  const scripts = (untilDay: number, sievePort: number | undefined, approved: string | null = null): string[] => {
    const certificates = { 'mail.nord.example': own, 'mail.nord.example:4190': { fromMs: 0, untilMs: untilDay * dayMs } };
    const one = source({ certificates }, approved);
    const settings = { ...one.settings, ...(sievePort === undefined ? {} : { sievePort }) } as StoredSource['settings'];
    return endingsOf({ ...one, settings }, 360 * dayMs).map(({ failure: { facts } }) => String(facts['host']));
  };
  expect(scripts(362, 4190)).toEqual(['mail.nord.example', 'mail.nord.example:4190']);
  expect(scripts(900, 4190)).toEqual(['mail.nord.example']);
  expect(scripts(365, 4190)).toEqual(['mail.nord.example']);
  expect(scripts(362, 2000)).toEqual(['mail.nord.example']);
  expect(scripts(362, undefined)).toEqual(['mail.nord.example']);
  expect(scripts(362, 4190, 'a1'.repeat(32))).toEqual(['mail.nord.example']);
});

it('says how much of it is left', () => {
  expect(endingsOf(source(certified(90)), 88 * dayMs)).toMatchObject([
    { kind: 'certificate-ends', failure: { facts: { host: 'mail.nord.example', hours: 48 } } },
  ]);
});

it('a sign-in is told of three days before its end, and of a short one in its last fifth', () => {
  const lasts = (days: number): StoredSource => source({ signInLife: { fromMs: 0, untilMs: days * dayMs } });
  expect([86.9, 87, 90].map((day) => said(lasts(90), day))).toEqual([[], ['source.sign-in-ends'], ['source.sign-in-expired']]);
  expect([5.5, 5.7].map((day) => said(lasts(7), day))).toEqual([[], ['source.sign-in-ends']]);
  expect(said(source({ signInEnded: true }), 1)).toEqual(['source.sign-in-expired']);
});

it('an end that each answer moves on is never near, and one that stays has the life that it had', () => {
  const first = lifeOf(dayMs, undefined, 0);
  expect(lifeOf(dayMs + 1000, first, dayMs / 2)).toBe(first);
  const moved = lifeOf(1.5 * dayMs, first, dayMs / 2);
  expect(moved).toEqual({ fromMs: dayMs / 2, untilMs: 1.5 * dayMs });
  expect(said(source({ signInLife: moved }), 0.6)).toEqual([]);
});
