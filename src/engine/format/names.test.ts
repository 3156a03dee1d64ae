import { describe, expect, it } from 'vitest';
import type { CommitId, PackId } from '../../shared/domain/ids.ts';
import {
  commitCopyName,
  commitName,
  copyName,
  packName,
  parseCommitCopyName,
  parseCommitName,
  parsePackName,
  parseSlotName,
  slotName,
} from './names.ts';

const hash = 'a1'.repeat(32);

describe('names in a storage', () => {
  it('are read back as they were given, with their directory or without', () => {
    expect(parsePackName(packName(hash as PackId))).toBe(hash);
    expect(parsePackName(`${hash}.pack`)).toBe(hash);
    for (const sequence of [1, 42, 9_999_999_999, 10_000_000_000]) {
      expect(parseCommitName(commitName(sequence, hash as CommitId))).toEqual({ sequence, id: hash });
      expect(parseCommitCopyName(commitCopyName(sequence))).toBe(sequence);
    }
    expect(parseSlotName(copyName(slotName('7k2')))).toBe('7k2');
  });

  it('sort commits by sequence', () => {
    const names = [10, 9, 100, 1].map((sequence) => commitName(sequence, hash as CommitId));
    expect(names.sort().map((name) => parseCommitName(name)?.sequence)).toEqual([1, 9, 10, 100]);
  });

  it('are no others', () => {
    for (const name of [`${hash}.pack.tmp`, `${hash.toUpperCase()}.pack`, `${hash}0.pack`, 'packs/a1/.pack', 'x.pack']) {
      expect(parsePackName(name)).toBeUndefined();
    }
    for (const name of [`1-${hash}.commit`, `0000000000-${hash}.commit`, `00000000001-${hash}.commit`, `0000000001-${hash}`]) {
      expect(parseCommitName(name)).toBeUndefined();
    }
    for (const name of ['0000000000.commit', '00000000001.commit', '1.commit', `0000000001-${hash}.commit`]) {
      expect(parseCommitCopyName(name)).toBeUndefined();
    }
    for (const name of ['.key', 'A.key', 'a.b.key', 'a.keys']) expect(parseSlotName(name)).toBeUndefined();
  });
});
