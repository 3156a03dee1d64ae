import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { StorageId } from '../../../src/shared/domain/ids.ts';
import { openProfileStore } from '../../../src/engine/catalog/index.ts';
import { migrate } from '../../../src/engine/catalog/profile/migrating.ts';
import { firstTables } from '../../../src/engine/catalog/profile/migrations/0010-first-tables.ts';
import { Connection } from '../../../src/engine/catalog/sql/connection.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';

type ProfileStore = ReturnType<typeof openProfileStore>;

const files = new NodeFileSystem();
const placeIn = (folder: string): string => `${folder}/state.sqlite`;
const companions = ['', '-wal', '-shm'];

/** What the first release wrote: a few of everything. Gives its bytes. */
export function makeOldProfile(folder: string): Uint8Array {
  const path = placeIn(folder);
  const connection = new Connection({ path, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  migrate(connection, [firstTables], () => undefined);
  for (let number = 0; number < 40; number++) {
    const id = String(number).padStart(20, '0');
    connection.execute(`
      INSERT INTO jobs (id, body) VALUES ('${id}', '{"id":"${id}","name":"Mail ${number}"}');
      INSERT INTO storages (id, body) VALUES ('${id}', '{"id":"${id}","name":"NAS","lastCheck":null,"settings":{}}');
      INSERT INTO sources (id, body) VALUES ('${id}', '{"id":"${id}","name":"Inbox"}');
      INSERT INTO runs (id, kind, started_at_ms, body) VALUES ('${id}', 'backup', ${number}, '{"id":"${id}","kind":"backup","check":null}');
      INSERT INTO trusted (storage, sequence, commit_id) VALUES ('${id}', ${number}, 'commit');`);
  }
  connection.close();
  return Uint8Array.from(readFileSync(path));
}

export function putOldProfileBack(folder: string, bytes: Uint8Array): void {
  for (const name of ['', '.before-']) removeAll(folder, name);
  writeFileSync(placeIn(folder), bytes, { mode: 0o600 });
}

function removeAll(folder: string, beginning: string): void {
  for (const { name } of files.list(folder)) {
    const isOurs = beginning === '' ? companions.some((end) => name === `state.sqlite${end}`) : name.includes(beginning);
    if (isOurs) rmSync(`${folder}/${name}`);
  }
}

export const openOldProfile = (folder: string): ProfileStore => openProfileStore({ path: placeIn(folder), files });

/** Everything that a person set up, and what is trusted. */
export function contentsOf(store: ProfileStore): string {
  const [storages, runs] = [store.storages(), store.runs({ job: null, storage: null, kind: null, limit: 1000 })];
  const trusted = storages.map(({ id }: { readonly id: StorageId }) => store.trusted(id));
  return JSON.stringify({ storages, runs, trusted, sources: store.sources(), jobs: store.jobs(), mirrors: store.mirrors() });
}

/** The shape of the copy that was kept of it: undefined where there is none. Throws where it is not whole. */
export function shapeOfCopy(folder: string): number | undefined {
  const name = files.list(folder).find((entry) => /\.before-\d+$/.test(entry.name))?.name;
  if (name === undefined) return undefined;
  const connection = new Connection({
    path: `${folder}/${name}`,
    synchronous: 'full',
    cacheKiB: 100,
    unusable: 'profile.unusable',
  });
  try {
    if (connection.pragma('quick_check(1)') !== 'ok') throw new Error('the copy is broken');
    if (connection.column<number>('SELECT count(*) FROM storages').get() !== 40) throw new Error('the copy lacks storages');
    return Number(connection.pragma('user_version'));
  } finally {
    connection.close();
  }
}
