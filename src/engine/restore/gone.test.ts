import { describe, expect, it } from 'vitest';
import type { DestinationSession, Made, RestoreItem } from '../sources/destination.ts';
import { testRun } from '../sources/testing/test-run.ts';
import { Gone } from './gone.ts';

const thing = (item: string, folder: string, name = item): RestoreItem =>
  ({ manifest: { item, name }, folderPath: [folder] }) as unknown as RestoreItem;
const folderOf = async ({ folderPath }: RestoreItem): Promise<string> => folderPath.join('/');
const made = (key: string): Made => ({ folder: 'INBOX', key, revision: '' });
const named = (there: Made | undefined): DestinationSession =>
  ({ namesWhatItMakes: true, givingWay: () => there }) as unknown as DestinationSession;

describe('what would be gone', () => {
  it('is known by where it lies, whatever else is restored to that place', async () => {
    const files = { folderOf } as unknown as DestinationSession;
    const gone = new Gone();
    await gone.add(files, thing('new', 'Plans', 'a.txt'), undefined, testRun());
    expect(await gone.has(files, thing('old', 'Plans', 'a.txt'), testRun())).toBe(true);
    expect(await gone.has(files, thing('new', 'Plans', 'b.txt'), testRun())).toBe(false);
    expect(await gone.has(files, thing('new', 'Other', 'a.txt'), testRun())).toBe(false);
  });

  it('is known by its key where the place names what is in the way', async () => {
    const gone = new Gone();
    await gone.add(named(undefined), thing('new', 'INBOX'), made('7:1'), testRun());
    expect(await gone.has(named(made('7:1')), thing('old', 'INBOX'), testRun())).toBe(true);
    expect(await gone.has(named(made('7:2')), thing('new', 'INBOX'), testRun())).toBe(false);
    expect(await gone.has(named(undefined), thing('new', 'INBOX'), testRun())).toBe(false);
  });

  it('is known by the item alone where neither is so', async () => {
    const maildir = { holdsBoth: true } as unknown as DestinationSession;
    const gone = new Gone();
    await gone.add(maildir, thing('one', 'Mail'), undefined, testRun());
    expect(await gone.has(maildir, thing('one', 'Mail'), testRun())).toBe(true);
    expect(await gone.has(maildir, thing('other', 'Mail'), testRun())).toBe(false);
  });
});
