import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunId } from '../../shared/domain/ids.ts';
import { openRunDetails, type RunDetails } from './open-run-details.ts';
import { madeId } from './testing/commits.ts';
import { testDirectory, testFiles, testKey } from './testing/open-test-catalog.ts';

function open(file: string, key = testKey): RunDetails {
  const details = openRunDetails({ path: file, key, files: testFiles });
  onTestFinished(() => details.close());
  return details;
}
const [first, second] = [madeId<RunId>('first'), madeId<RunId>('second')];

describe('details of runs', () => {
  it('come back as they were put last, and are for nobody without the key', () => {
    const file = path.join(testDirectory(), 'details.sqlite');
    const details = open(file);
    details.put(first, 'Zwetschgenknödel');
    details.put(second, 'x');
    details.put(first, 'Zwetschgenknödel again');
    expect([details.get(first), details.get(second), details.get(madeId('nobody'))]).toEqual([
      'Zwetschgenknödel again',
      'x',
      undefined,
    ]);
    for (const suffix of ['', '-wal']) {
      expect(readFileSync(file + suffix).includes('Zwetschgen')).toBe(false);
      expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
    }
  });

  it('begin anew where they cannot be read', () => {
    const file = path.join(testDirectory(), 'details.sqlite');
    writeFileSync(file, 'something else '.repeat(1000));
    const details = open(file);
    expect(details.get(first)).toBeUndefined();
    details.put(first, 'new');
    details.close();
    expect(open(file, 'f'.repeat(64)).get(first)).toBeUndefined();
  });
});
