import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createClient } from '../../src/shared/contract/client.ts';
import { openHeadless } from '../../src/engine-host/headless.ts';
import { takeSeat } from '../../src/engine-host/seat.ts';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Line {
  readonly act: string;
  readonly from: string;
  readonly storage: string | null;
  readonly to: string | null;
  readonly itemNames: readonly string[] | null;
  readonly settings: readonly string[];
  readonly outcome: string | null;
  readonly code: string | null;
}

const secret = 'offer-harbour-office.txt';

it('tells who listed, exported, restored and changed what, from the window and from the command line', async () => {
  const root = temporaryFolder();
  const docs = path.join(root, 'docs');
  fs.mkdirSync(docs);
  fs.writeFileSync(path.join(docs, secret), 'lot 3\n');
  const strata = new Strata(path.join(root, 'profile'));
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Docs', '--path', docs);
  await strata.ok('job', 'create', 'J', '--source', 'Docs', '--storage', 'S');
  await strata.ok('job', 'run', 'J');
  const { path: folder } = (await strata.ok('ls', 'S', '--json')).json<{ path: string }[]>()[0] ?? { path: '' };
  expect(folder).not.toBe('');
  await strata.ok('export', 'S', '--as', 'files', '--to', path.join(root, 'out'));
  await strata.ok('config', 'set', 'recordDays', '90');
  expect((await strata.run(['config', 'set', 'recordDays', '7'])).code).not.toBe(0);

  const record = async (...words: string[]): Promise<Line[]> => (await strata.ok('record', ...words, '--json')).json();
  const exported = await record('--act', 'export', '--storage', 's');
  expect(exported).toMatchObject([{ from: 'command', storage: 'S', to: path.join(root, 'out'), outcome: 'done' }]);
  expect(await record('--act', 'change-settings')).toMatchObject([{ settings: ['recordDays=90'] }]);
  const acts = new Set((await record('--since', '1h')).map(({ act }) => act));
  for (const act of ['add-storage', 'add-source', 'add-job', 'unlock', 'browse', 'export']) expect(acts).toContain(act);
  expect(await record('--text', 'nothing of that kind')).toEqual([]);
  expect((await strata.ok('record', '--act', 'export', '--csv')).out).toMatch(/^time,act,from,.*\n[^\n]+,export,command,/);
  expect((await strata.ok('record')).out).toContain('Exported');
  expect((await strata.run(['record', '--act', 'dance'])).code).toBe(2);

  // A window that found the engine of a command, and looks through it.
  const engine = await openHeadless({ profileDir: strata.profile, appVersion: '0.0.0' });
  const place = await takeSeat(strata.profile);
  if (place.role !== 'client') throw new Error('two engines');
  const window = createClient(place.carrier, 'window');
  const storage = (await window.call('storage.list', {}))[0]?.id ?? ('' as never);
  await window.call('storage.unlock', {
    id: storage,
    unlock: { by: 'password', password: 'granite otter ferry cobalt' },
    keepInKeychain: false,
  });
  const found = await window.call('search.find', { storage, text: 'harbour', at: null, deleted: false, kind: null, limit: 5 });
  const item = found[0]?.item ?? ('' as never);
  await window.call('browse.preview', { storage, item, version: null });
  window.close();
  await engine.close();
  const looked = await record('--act', 'look');
  expect(looked).toMatchObject([{ from: 'window', storage: 'S', outcome: 'done' }]);
  expect(looked[0]?.itemNames?.[0]).toContain(secret);
  expect(await record('--text', 'harbour')).toHaveLength(1);
  for (const name of fs
    .readdirSync(strata.profile, { recursive: true, encoding: 'utf8' })
    .filter((one) => one.includes('sqlite')))
    expect(fs.readFileSync(path.join(strata.profile, name), 'latin1'), name).not.toContain(secret);
}, 240_000);
