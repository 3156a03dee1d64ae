// A process that is killed while it writes rows ahead: says so when some that are not committed lie in the catalog's log.
import { statSync } from 'node:fs';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { openCatalog } from '../../src/engine/catalog/open-catalog.ts';
import { CommitChain, folderOf, item, manifestOf, rawContent } from '../../src/engine/catalog/testing/commits.ts';

const [, , path = '', key = ''] = process.argv;
const entry = new URL('../../src/engine/catalog-worker.ts', import.meta.url);
const options = { path, key, files: new NodeFileSystem() };
const catalog = openCatalog({ ...options, ahead: { entry, log: silentLog, fewest: 1 } });
const root = folderOf({ item: item('root'), folder: null, name: '' });
const { commit, manifests } = new CommitChain().next([
  root,
  // More than the thread keeps in memory, so that some lie in the log.
  ...Array.from({ length: 60_000 }, (_, at) =>
    manifestOf({ item: item(`${at}`), folder: root.item, name: `${at}`.repeat(200), contents: [rawContent(`${at}`, 10)] }),
  ),
]);
const lines = [...manifests].map((manifest) => JSON.stringify(manifest));
const rows = catalog.ahead();
rows?.add(
  { run: commit.run, sources: commit.sources.map(({ id }) => id) },
  { count: lines.length, plain: Uint8Array.from(Buffer.from(['{}', ...lines, ''].join('\n'))) },
);
setInterval(() => {
  if (statSync(`${path}-wal`).size > 1_000_000) console.log('some are in the log');
}, 20);
