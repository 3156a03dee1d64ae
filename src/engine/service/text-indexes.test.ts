import fs from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceWorld } from '../../../test/kit/service-world.ts';
import { itemNamed, testStorage } from '../../../test/kit/storage-world.ts';
import { hostileTexts } from '../../../test/kit/text-thread.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import { Connection } from '../catalog/sql/connection.ts';
import { turn } from '../kernel/turn.ts';
import { Browse } from './browse.ts';
import { TextIndexes } from './text-indexes.ts';

const letter = (subject: string, body: string): string => `Subject: ${subject}\r\n\r\n${body}\r\n`;

class TextWorld {
  readonly world: ServiceWorld;
  readonly texts: TextIndexes;
  readonly #browse: Browse;

  constructor(world: ServiceWorld, textThread?: URL) {
    this.world = world;
    this.texts = new TextIndexes({ ...world.parts, textThread }, world.opened);
    onTestFinished(() => this.texts.close('now'));
    this.#browse = new Browse(world.opened, this.texts);
  }

  static async make(textThread?: URL): Promise<TextWorld> {
    return new TextWorld(await ServiceWorld.make(['mail']), textThread);
  }

  get path(): string {
    return this.world.parts.profile.textIndexPath(this.world.storage);
  }

  /** In a folder: what lies in none is never a hit. */
  async save(mail: Readonly<Record<string, string>>): Promise<void> {
    await this.world.save({ mail }, 'J', itemNamed('Inbox'));
  }

  /** As whoever opens it with a password does. */
  async reopen(): Promise<void> {
    const { stored } = await this.world.open();
    this.world.opened.close(this.world.storage);
    await this.world.opened.unlock(stored, { by: 'password', password: testStorage.password });
  }

  switch(searchBodies: boolean): void {
    const { store } = this.world.parts;
    const [stored] = store.storages();
    if (stored !== undefined) store.putStorage({ ...stored, settings: { ...stored.settings, searchBodies } });
  }

  fill(): Promise<string | null> {
    return this.texts.fill(this.world.storage, 'person');
  }

  async find(text: string): Promise<{ item: ItemId; hit: string | undefined }[]> {
    const query = { text, atMs: null, deleted: false, kind: null, limit: 100 };
    const rows = await this.#browse.find(this.world.storage, query);
    return rows.map(({ item, extract }) => ({ item, hit: extract?.hit }));
  }

  /** Everything that stands in the file, decrypted: the blocks of the index as they lie, and its tables. */
  async everything(): Promise<string> {
    const { storage } = await this.world.open();
    const options = { path: this.path, key: storage.catalogKey(), synchronous: 'normal', cacheKiB: 1024 } as const;
    const connection = new Connection({ ...options, unusable: 'catalog.unusable' });
    const blocks = connection.column<Uint8Array>('SELECT block FROM bodies_data').all();
    const texts = connection.column<string>('SELECT c0 || c1 || c2 || c3 FROM bodies_content').all();
    connection.close();
    return [...blocks.map((block) => Buffer.from(block).toString('latin1')), ...texts].join('\n');
  }
}

const item = (name: string): ItemId => itemNamed(name);

it('what a message says is found with the words around it, and nothing is read where nobody wants that', async () => {
  const it = await TextWorld.make();
  await it.save({ offer: letter('Offer', 'the red bridge over the Ölfluss is open'), other: letter('x', 'nothing') });
  expect(await it.fill()).toBeNull();
  expect(fs.existsSync(it.path)).toBe(false);
  expect(await it.find('bridge')).toEqual([]);
  it.switch(true);
  await it.fill();
  expect(await it.find('bridge')).toEqual([{ item: item('offer'), hit: 'bridge' }]);
  // Beginnings, letters without marks, phrases, a word of the name and one of the text, and the text alone.
  for (const text of ['bridg', 'olflu', '"red bridge"', 'offer bridge', 'body:bridge']) {
    expect(await it.find(text), text).toMatchObject([{ item: item('offer') }]);
  }
  expect(await it.find('body:offer')).toEqual([]);
  expect(await it.find('"bridge red"')).toEqual([]);
  expect(await it.find('offer')).toEqual([{ item: item('offer'), hit: undefined }]);
});

it('equal contents are read and kept once, and every version is read', async () => {
  const it = await TextWorld.make();
  it.switch(true);
  await it.save({ a: letter('x', 'sturgeon'), b: letter('x', 'sturgeon') });
  await it.world.later(1);
  await it.save({ a: letter('x', 'herring') });
  await it.fill();
  expect((await it.find('sturgeon')).map(({ item: one }) => one)).toEqual([item('b')]);
  expect((await it.find('herring')).map(({ item: one }) => one)).toEqual([item('a')]);
  expect(await it.texts.view(it.world.storage)).toMatchObject({ isOn: true, done: 3, total: 3, unread: 0 });
  expect((await it.everything()).split('sturgeon').length).toBeLessThanOrEqual(3);
});

it('switched off, its file is gone', async () => {
  const it = await TextWorld.make();
  it.switch(true);
  await it.save({ a: letter('x', 'sturgeon') });
  await it.fill();
  expect(fs.existsSync(it.path)).toBe(true);
  it.texts.remove(it.world.storage);
  it.switch(false);
  expect(fs.readdirSync(`${it.world.directory}/profile/catalogs`).filter((name) => name.includes('texts'))).toEqual([]);
  expect(await it.find('sturgeon')).toEqual([]);
});

it('what was purged is in it no more, not a word of it; what stays is found, also where its row got another number', async () => {
  const it = await TextWorld.make();
  it.switch(true);
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`m${at}x`, letter('x', `quiet water ${at}`)]));
  await it.save({ gone: letter('x', 'zebrafish lives'), same: letter('x', 'kept quagga'), ...many });
  await it.world.later(1);
  // Nothing about the other one changes: both its versions share a row, which is the first one's until that goes.
  await it.save({ same: letter('x', 'kept quagga'), gone: letter('x', 'afterwards') });
  await it.fill();
  expect(await it.everything()).toContain('zebrafish');
  await it.world.later(60);
  await it.save({ new: letter('x', 'newest') });
  const purged = await it.world.purge();
  expect(purged.status).toBe('success');
  expect(await it.world.seen()).not.toContain('gone.1');
  expect(await it.world.seen()).not.toContain('same.1');
  await it.fill();
  expect(await it.everything()).not.toContain('zebra');
  expect(await it.find('zebrafish')).toEqual([]);
  for (const word of ['afterwards', 'quagga', 'newest']) expect(await it.find(word), word).toHaveLength(1);
  expect(await it.find('quiet')).toHaveLength(30);
});

it('what takes longer than a second is a run, which can be stopped and goes on where it was', async () => {
  const it = await TextWorld.make();
  it.switch(true);
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, at) => [`m${at}x`, letter('x', `water ${at} ${'so much '.repeat(50)}`)]),
  );
  await it.save(many);
  const filling = it.fill();
  await turn();
  await it.world.clock.advance(1100);
  const run = await filling;
  expect(run).not.toBeNull();
  it.world.parts.runs.stop(run as never, 'now');
  expect(await it.world.done(run as never)).toMatchObject({ kind: 'index-texts', status: 'stopped' });
  const before = await it.texts.view(it.world.storage);
  expect(before.done).toBeGreaterThan(0);
  expect(before.done).toBeLessThan(500);
  // It rests by itself, until somebody wants it.
  expect(await it.texts.tick()).toBe(0);
  expect((await it.texts.view(it.world.storage)).done).toBe(before.done);
  await it.fill();
  expect(await it.texts.view(it.world.storage)).toMatchObject({ done: 500, total: 500 });
  expect(await it.find('water')).toHaveLength(100);
});

it('gets out of the way at once of whoever wants the storage for himself', async () => {
  const it = await TextWorld.make();
  it.switch(true);
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`m${at}x`, letter('x', `water ${at} ${'so much '.repeat(500)}`)]),
  );
  await it.save(many);
  await it.reopen();
  const { storage } = await it.world.open();
  const filling = it.fill();
  while (storage.locks().length === 0) await turn();
  storage.lock('prune', 'exclusive').release();
  expect(await filling).toBeNull();
  expect((await it.texts.view(it.world.storage)).done).toBeLessThan(300);
  await it.texts.tick();
  expect((await it.texts.view(it.world.storage)).done).toBe(300);
});

it('a storage of which all is read is left alone, minute by minute, until something new is in it', async () => {
  const it = await TextWorld.make();
  it.switch(true);
  await it.save({ a: letter('x', 'sturgeon') });
  await it.reopen();
  await it.fill();
  const locks: string[] = [];
  it.world.opened.onLock((_, purpose) => locks.push(purpose));
  for (let minute = 0; minute < 3; minute += 1) await it.texts.tick();
  expect(locks).toEqual([]);
  await it.save({ b: letter('x', 'herring') });
  locks.length = 0;
  await it.texts.tick();
  expect(locks).toEqual(['rebuild']);
  expect(await it.find('herring')).toHaveLength(1);
});

it('an index of another history, under another key, or that is no database, is made anew', async () => {
  const it = await TextWorld.make();
  it.switch(true);
  await it.save({ a: letter('x', 'sturgeon') });
  await it.fill();
  const { stored } = await it.world.open();
  it.world.opened.close(it.world.storage);
  fs.writeFileSync(it.path, 'no database');
  await it.world.opened.unlock(stored, { by: 'password', password: testStorage.password });
  expect(await it.find('sturgeon')).toEqual([]);
  await it.fill();
  expect(await it.find('sturgeon')).toHaveLength(1);
});

it('what cannot be read is counted and told, and all else is found', async () => {
  const it = await TextWorld.make();
  it.switch(true);
  await it.save({ broken: letter('x', `sturgeon ${'so much '.repeat(100)}`) });
  const [pack] = (await it.world.open()).catalog.packs();
  await it.save({ whole: letter('x', 'herring') });
  const file = `${it.world.directory}/storage/packs/${pack?.id.slice(0, 2)}/${pack?.id}.pack`;
  const bytes = fs.readFileSync(file);
  fs.chmodSync(file, 0o600);
  fs.writeFileSync(file, bytes.fill(0, 100, bytes.length - 100));
  await it.reopen();
  await it.fill();
  expect(await it.texts.view(it.world.storage)).toMatchObject({ done: 2, total: 2, unread: 1 });
  expect(await it.find('herring')).toHaveLength(1);
});

it('an item that kills the thread which reads it is counted and told once, and all else is found', async () => {
  const it = await TextWorld.make(hostileTexts);
  it.switch(true);
  await it.save({ before: letter('x', 'sturgeon'), evil: letter('x', 'deadly'), later: letter('x', 'herring') });
  await it.fill();
  for (const word of ['sturgeon', 'herring']) expect(await it.find(word), word).toHaveLength(1);
  expect(await it.texts.view(it.world.storage)).toMatchObject({ done: 3, total: 3, unread: 1 });
  expect(await it.texts.tick()).toBe(0);
});
