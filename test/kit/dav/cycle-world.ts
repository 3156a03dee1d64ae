import type { JobId, RunId, SourceId } from '../../../src/shared/domain/ids.ts';
import { noCounts, type RunCounts } from '../../../src/shared/domain/run.ts';
import { runCycle } from '../../../src/engine/backup/index.ts';
import { openCatalog } from '../../../src/engine/catalog/index.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import { newId } from '../../../src/engine/kernel/random.ts';
import { davSource } from '../../../src/engine/sources/dav/index.ts';
import { testRun } from '../../../src/engine/sources/testing/test-run.ts';
import { createStorage } from '../../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../../src/engine/targets/local/index.ts';
import { testDeps, testStorage } from '../storage-world.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { davSettings, type DavServer } from './server.ts';

/** A calendar account that is backed up to a storage of its own, cycle by cycle. */
export async function makeDavCycle(server: DavServer, user: string) {
  const files = new NodeFileSystem();
  const directory = temporaryFolder();
  const deps = testDeps(files);
  const { storage } = await createStorage(openLocalTarget(files, `${directory}/storage`, deps.random), testStorage, deps);
  const catalog = openCatalog({ path: `${directory}/catalog.sqlite`, key: storage.catalogKey(), files });
  const settings = { ...davSettings(server, 'caldav', user), kind: 'caldav' } as const;
  const description = { id: 'source00000000000000' as SourceId, name: 'Calendars', settings };

  return {
    async run(): Promise<RunCounts> {
      await deps.clock.advance(60_000);
      const counts: { -readonly [Key in keyof RunCounts]: number } = { ...noCounts };
      const quiet = testRun();
      await runCycle(
        {
          runId: newId<RunId>(deps.random),
          job: { id: 'job00000000000000000' as JobId, name: 'Job' },
          sources: [{ description, source: davSource(settings, server.credential) }],
          storage,
          lock: storage.lock('backup', 'write'),
          catalog,
          random: deps.random,
          checkpoint: { everyMs: 300_000, everyBytes: 512 * 1024 * 1024, everyItems: 200_000 },
          counts: () => counts,
          guards: { tallies: [], captured: [], acceptsEmpty: new Set(), dayOf: (timeMs) => timeMs },
          servers: 2,
          peek: () => undefined,
        },
        {
          ...quiet,
          clock: deps.clock,
          progress: { ...quiet.progress, count: (which, by = 1) => void (counts[which] += by) },
        },
      );
      return counts;
    },
    /** `last part of the collection's address/object` → bytes, of the newest state. */
    async stored(): Promise<Map<string, string>> {
      const all: [string, string][] = [];
      for (const { manifest, folders } of catalog.select({ items: [], sources: [], recursive: true }, null)) {
        const part = manifest.contents[0];
        if (manifest.kind === 'folder' || part === undefined) continue;
        const pieces: Uint8Array[] = [];
        for await (const piece of storage.read(part, catalog)) pieces.push(piece.slice());
        const path = String(folders.at(-1)?.metadata['path']);
        all.push([`${path.split('/').at(-2)}/${manifest.key}`, Buffer.concat(pieces).toString('latin1')]);
      }
      return new Map(all.sort(([one], [other]) => (one < other ? -1 : 1)));
    },
    /** Names of the collections. */
    collections: (): string[] =>
      [...catalog.select({ items: [], sources: [], recursive: true }, null)]
        .flatMap(({ manifest }) => (manifest.kind === 'folder' && manifest.name !== '' ? [manifest.name] : []))
        .sort(),
    close(): void {
      catalog.close();
      storage.close();
    },
  };
}
