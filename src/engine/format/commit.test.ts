import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommitActs } from '../../shared/domain/commit.ts';
import type {
  ChunkId,
  CommitId,
  FreezeId,
  HoldId,
  ItemId,
  JobId,
  PackId,
  RunId,
  SourceId,
  StorageId,
} from '../../shared/domain/ids.ts';
import { noCounts } from '../../shared/domain/run.ts';
import {
  type CommitHead,
  type CommitPayload,
  commitHeadBytes,
  commitOf,
  encodeCommitHead,
  encodeCommitPayload,
  joinCommit,
  parseCommit,
  parseCommitPayload,
} from './commit.ts';
import { acceptedFlips, acceptedTruncations, origin, refusal } from './testing/hostile.ts';

const idOf = (letter: string) => letter.repeat(20);
const hash = 'ab'.repeat(32);
const head: CommitHead = {
  epoch: 1,
  storage: idOf('0') as StorageId,
  sequence: 2,
  previous: hash as CommitId,
  salt: new Uint8Array(32).fill(5),
  sealedLength: 40,
};
const from = { storage: idOf('8') as StorageId, sequence: 9, id: hash as CommitId };
const payload: CommitPayload = {
  kind: 'full',
  run: idOf('1') as RunId,
  job: { id: idOf('2') as JobId, name: 'Every evening' },
  atMs: 1_795_219_200_000,
  sources: [
    { id: idOf('3') as SourceId, name: 'Documents', settings: { kind: 'maildir', path: '/home/anna/Maildir', exclude: [] } },
  ],
  completeSources: [idOf('3') as SourceId],
  cursors: [{ source: idOf('3') as SourceId, folders: { INBOX: { uidNext: 7 }, gone: null } }],
  counts: { ...noCounts, seen: 3 },
  appVersion: '0.1.0',
  packs: [{ id: hash as PackId, sizeBytes: 65_536 }],
  manifests: [{ pack: hash as PackId, record: 4, count: 3 }],
  writer: { installation: idOf('7'), host: 'laptop', sinceMs: 1_795_219_100_000 },
  origin: from,
};
const file = joinCommit(encodeCommitHead(head), new Uint8Array(40).fill(1), new Uint8Array(32).fill(2));
const parse = (bytes: Uint8Array) => parseCommit(bytes, origin);
const parsePayload = (value: unknown) => parseCommitPayload(new TextEncoder().encode(JSON.stringify(value)), origin);

describe('a commit file', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.integer({ min: 16, max: 500 }), (sequence, sealedLength) => {
        const given = { ...head, sequence, sealedLength, previous: sequence === 1 ? null : head.previous };
        const parsed = parse(joinCommit(encodeCommitHead(given), new Uint8Array(sealedLength), new Uint8Array(32)));
        expect(parsed).toMatchObject(given);
        expect(parsed.head.length).toBe(commitHeadBytes);
        expect(parsed.authenticated.length).toBe(commitHeadBytes + sealedLength);
      }),
    );
  });

  it('is refused at every shorter length, and with anything behind it', () => {
    expect(acceptedTruncations(file, parse)).toEqual([]);
    expect(refusal(() => parse(Uint8Array.of(...file, 0)))).toBe('storage.damaged');
  });

  it('is refused with any bit flipped in its fixed fields; the rest is authenticated', () => {
    const flips = new Set(acceptedFlips(file, parse));
    for (const offset of [...file.keys()].slice(0, 12)) expect(flips.has(offset)).toBe(false);
    for (const offset of [108, 109, 110, 111]) expect(flips.has(offset)).toBe(false);
  });

  it('has a predecessor exactly when it is not the first', () => {
    const orphan = encodeCommitHead({ ...head, previous: null });
    expect(refusal(() => parse(joinCommit(orphan, new Uint8Array(40), new Uint8Array(32))))).toBe('storage.damaged');
    const late = encodeCommitHead({ ...head, sequence: 1 });
    expect(refusal(() => parse(joinCommit(late, new Uint8Array(40), new Uint8Array(32))))).toBe('storage.damaged');
  });
});

describe('the payload of a commit', () => {
  it('gives back what was put in, and with its head the domain’s commit', () => {
    const parsed = parseCommitPayload(encodeCommitPayload(payload), origin);
    expect(parsed).toEqual(payload);
    const { manifests: _, ...draft } = payload;
    const id = 'cd'.repeat(32) as CommitId;
    expect(commitOf(head, parsed, id)).toEqual({ ...draft, id, storage: head.storage, sequence: 2, previous: hash });
  });

  it('of an archive says what that takes', () => {
    for (const only of [
      { sources: [idOf('3') as SourceId], kinds: null },
      { sources: null, kinds: ['contact' as const] },
    ]) {
      const given = { ...payload, origin: { ...from, only } };
      expect(parseCommitPayload(encodeCommitPayload(given), origin)).toEqual(given);
    }
  });

  it('is newer when its format, its kind, or the kind of a source is unknown', () => {
    const whole = { ...payload, commit: 1 };
    const code = (value: unknown) => refusal(() => parsePayload(value));
    expect(code({ ...whole, commit: 2 })).toBe('storage.newer-format');
    expect(code({ ...whole, kind: 'migration' })).toBe('storage.newer-format');
    expect(code({ ...whole, sources: [{ ...payload.sources[0], settings: { kind: 'ews' } }] })).toBe('storage.newer-format');
  });

  it.each<[string, object]>([
    ['an unknown member', { extra: 1 }],
    ['a root without manifests', { manifests: [{ pack: hash, record: 0, count: 0 }] }],
    ['a pack id that is none', { packs: [{ id: 'x', sizeBytes: 1 }] }],
    ['a negative count', { counts: { ...noCounts, seen: -1 } }],
    ['a job without a name', { job: { id: idOf('2') } }],
    ['an archive of what no source can be', { origin: { ...from, only: { sources: ['x'], kinds: null } } }],
    ['an archive of a kind that there is not', { origin: { ...from, only: { sources: null, kinds: ['folder'] } } }],
    ['an archive that does not say all of its choice', { origin: { ...from, only: { kinds: null } } }],
    ['cursors that are a list', { cursors: [{ source: idOf('3'), folders: [] }] }],
  ])('is refused with %s', (_, change) => {
    expect(refusal(() => parsePayload({ ...payload, commit: 1, ...change }))).toBe('storage.damaged');
  });

  it('is refused when it is no JSON, without quoting it', () => {
    expect(refusal(() => parseCommitPayload(Uint8Array.of(0x7b, 0xff), origin))).toBe('storage.damaged');
    expect(refusal(() => parseCommitPayload(new TextEncoder().encode('[]'), origin))).toBe('storage.damaged');
  });

  it('is not written when it could not be read again', () => {
    expect(() => encodeCommitPayload({ ...payload, atMs: Number.NaN })).toThrow(RangeError);
  });
});

describe('the acts of a commit', () => {
  const item = idOf('4') as ItemId;
  const acts: CommitActs = {
    forgets: [3, 4],
    remembers: [2],
    hides: [{ item, versions: [1, 3] }],
    shows: [{ item, versions: [2] }],
    holds: [
      { id: idOf('5') as HoldId, scope: { what: 'source', source: idOf('3') as SourceId }, reason: 'A case at court', atMs: 5 },
      { id: idOf('6') as HoldId, scope: { what: 'folder', item }, reason: '', atMs: 6 },
      { id: idOf('7') as HoldId, scope: { what: 'item', item }, reason: '', atMs: 7 },
      { id: idOf('8') as HoldId, scope: { what: 'version', item, version: 2 }, reason: '', atMs: 8 },
    ],
    releases: [idOf('9') as HoldId],
    freezes: [
      {
        id: idOf('a') as FreezeId,
        source: idOf('3') as SourceId,
        reason: 'mass-change',
        facts: { deleted: 300, of: 400 },
        atMs: 9,
      },
    ],
    thaws: [idOf('b') as FreezeId],
    unchooses: [item],
    letsGo: [item],
    keeps: [item],
    chooses: [item],
    movedManifests: [{ pack: hash as PackId, record: 4, to: { pack: 'cd'.repeat(32) as PackId, record: 0 } }],
    removes: [hash as PackId],
    losesChunks: [hash as ChunkId],
  };

  it('come back as they were, one by one and all together', () => {
    for (const each of [acts, ...Object.entries(acts).map(([name, value]) => ({ [name]: value }))]) {
      const given: CommitPayload = { ...payload, kind: 'prune', job: null, ...each };
      expect(parseCommitPayload(encodeCommitPayload(given), origin)).toEqual(given);
    }
  });

  it.each([
    [{ forgets: [0] }],
    [{ hides: [{ item: 'x', versions: [1] }] }],
    [{ hides: [{ item, versions: [0] }] }],
    [{ hides: {} }],
    [{ unchooses: ['x'] }],
    [{ chooses: item }],
    [{ holds: [{ ...acts.holds?.[0], scope: { what: 'everything' } }] }],
    [{ holds: [{ ...acts.holds?.[0], scope: null }] }],
    [{ holds: [{ ...acts.holds?.[0], scope: { what: 'source', item } }] }],
    [{ holds: [{ ...acts.holds?.[0], scope: { what: 'toString' } }] }],
    [{ freezes: [{ ...acts.freezes?.[0], reason: 'boredom' }] }],
    [{ movedManifests: [{ pack: hash, record: 4, to: null }] }],
    [{ removes: ['AB'.repeat(32)] }],
    [{ losesChunks: [7] }],
    [{ burns: [] }],
  ])('are refused when one is wrong: %j', (wrong) => {
    expect(refusal(() => parsePayload({ commit: 1, ...payload, ...wrong }))).toBe('storage.damaged');
  });
});
