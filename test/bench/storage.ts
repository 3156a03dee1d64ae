// How fast a storage takes contents in and gives them back, without source and catalog.
//   node test/bench/storage.ts [--workers 2] [--files 30000] [--large 1024] [--keep] [--at /folder]
// Prints one JSON line per measurement. The source files are in the page cache; the storage lies on the disk of --at.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { floorCost } from '../../src/engine/crypto/index.ts';
import { Gate } from '../../src/engine/kernel/gate.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';
import { systemMachine } from '../../src/engine/kernel/system-machine.ts';
import { systemRandom } from '../../src/engine/kernel/system-random.ts';
import { createStorage, type Storage, type StorageDeps } from '../../src/engine/storage/index.ts';
import { describeContent } from '../../src/engine/sources/describe-content.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { draftOf, MapCatalog, manifestOf, testRun } from '../kit/storage-world.ts';

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '0' },
    files: { type: 'string', default: '30000' },
    large: { type: 'string', default: '1024' },
    at: { type: 'string', default: os.tmpdir() },
    corpus: { type: 'string' },
    'in-flight': { type: 'string', default: '512' },
    keep: { type: 'boolean', default: false },
  },
});

const files = new NodeFileSystem();
const place = fs.mkdtempSync(path.join(values.at, 'strata-bench-'));
const workers = Number(values.workers);
const inFlight = Number(values['in-flight']);
const deps: StorageDeps = {
  clock: systemClock,
  random: systemRandom,
  machine: systemMachine(files, place, systemRandom),
  log: silentLog,
  files,
  describe: describeContent,
  appVersion: '0.0.0-bench',
  ...(workers > 0 ? { workers: { count: workers, entry: new URL('../../src/engine/packer-worker.ts', import.meta.url) } } : {}),
};

let lastCpu = 0;

function report(what: string, startedMs: number, bytes: number, more: object = {}): void {
  const seconds = (performance.now() - startedMs) / 1000;
  const rss = Math.round(process.memoryUsage().rss / 1e6);
  const { user, system } = process.cpuUsage();
  const cpu = (user + system) / 1e6;
  // Beside the wall clock, because that depends on what else the machine does.
  const cpuSeconds = +(cpu - lastCpu).toFixed(2);
  lastCpu = cpu;
  console.log(
    JSON.stringify({
      what,
      workers,
      seconds: +seconds.toFixed(2),
      cpuSeconds,
      mbPerSecond: Math.round(bytes / 1e6 / seconds),
      rss,
      ...more,
    }),
  );
}

/** Messages of about 7 KB; a quarter have an attachment from a pool, one in twenty is there twice. */
function makeMessages(folder: string, count: number): void {
  const random = seededRandom(1);
  const words = Array.from({ length: 8000 }, () =>
    Buffer.from(random.bytes(2 + random.below(9)))
      .toString('base64')
      .toLowerCase(),
  );
  const word = (): string =>
    words[Math.min(random.below(words.length), random.below(words.length), random.below(words.length))] ?? '';
  const pool = Array.from({ length: 60 }, () =>
    Buffer.from(random.bytes(2000 + random.below(40_000)))
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n'),
  );
  let last = '';
  for (let index = 0; index < count; index++) {
    if (random.below(20) > 0) {
      let body = '';
      for (let line = 5 + random.below(120); line > 0; line--) body += `${Array.from({ length: 9 }, word).join(' ')}\r\n`;
      const attachment = random.below(4) === 0 ? pool[random.below(pool.length)] : '';
      last = `Message-ID: <${index}@example.org>\r\nSubject: ${word()} ${word()}\r\n\r\n${body}${attachment}`;
    }
    const directory = path.join(folder, String(index % 100));
    fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(path.join(directory, `${index}.eml`), last);
  }
}

const allFiles = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [path.join(entry.parentPath, entry.name)] : []));

async function backup(storage: Storage, catalog: MapCatalog, paths: readonly string[]): Promise<number> {
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  let bytes = 0;
  const gate = new Gate(inFlight, 64 * 1024 * 1024);
  for (const file of paths) {
    const { sizeBytes, modifyNs, inode } = files.lstat(file)!;
    bytes += sizeBytes;
    await gate.enter(sizeBytes);
    void writer
      .store({ kind: 'file', path: file, sizeBytes, modifyNs, inode })
      .then((stored) => writer.add(manifestOf(file, stored)))
      .finally(() => gate.leave(sizeBytes));
  }
  for (let left = inFlight; left > 0; left--) await gate.enter();
  const benchClock = { ...systemClock, advance: () => Promise.resolve(), setWall: () => undefined };
  catalog.apply(await writer.commit(draftOf({ clock: benchClock }), testRun({ clock: benchClock })));
  writer.abandon();
  lock.release();
  return bytes;
}

function begin(): number {
  const { user, system } = process.cpuUsage();
  lastCpu = (user + system) / 1e6;
  return performance.now();
}

async function measure(what: string, folder: string): Promise<void> {
  const target = openLocalTarget(files, path.join(place, what), systemRandom);
  const { storage } = await createStorage(target, { name: what, password: 'correct horse', cost: floorCost }, deps);
  const catalog = new MapCatalog();
  const paths = allFiles(folder);
  let started = begin();
  const bytes = await backup(storage, catalog, paths);
  const stored = target.list('packs').reduce((sum, name) => sum + (target.size(name) ?? 0), 0);
  report(`${what}: first`, started, bytes, { items: paths.length, bytes, ratio: +(stored / bytes).toFixed(3) });

  started = begin();
  await backup(storage, catalog, paths);
  report(`${what}: all read again, nothing new`, started, bytes);

  started = begin();
  let read = 0;
  for (const { contents } of catalog.manifests.slice(0, paths.length)) {
    for (const part of contents) for await (const chunk of storage.read(part, catalog)) read += chunk.length;
  }
  report(`${what}: read back`, started, read);

  started = begin();
  const benchClock = { ...systemClock, advance: () => Promise.resolve(), setWall: () => undefined };
  const checked = await storage.check('all', () => [], testRun({ clock: benchClock }));
  report(`${what}: check all`, started, bytes, { findings: checked.findings.length });

  started = begin();
  const rebuilt = MapCatalog.rebuilt(storage);
  report(`${what}: rebuild`, started, stored, { manifests: rebuilt.manifests.length });
  storage.close();
}

try {
  if (values.corpus !== undefined) await measure('corpus', values.corpus);
  if (Number(values.files) > 0) {
    const folder = path.join(place, 'messages');
    makeMessages(folder, Number(values.files));
    await measure('small', folder);
  }
  if (Number(values.large) > 0) {
    const folder = path.join(place, 'one');
    fs.mkdirSync(folder);
    const file = fs.openSync(path.join(folder, 'large'), 'w');
    const random = seededRandom(3);
    // Half of it compresses.
    for (let index = 0; index < Number(values.large); index++) {
      const noise = Buffer.from(random.bytes(4096));
      const block = Buffer.alloc(1024 * 1024);
      for (let at = 0; at < block.length; at += 4096) noise.copy(block, at, 0, at % 8192 === 0 ? 4096 : 64);
      for (let at = 0; at < block.length; at += 4096) block.writeUInt32LE(random.below(2 ** 31), at);
      fs.writeSync(file, block);
    }
    fs.closeSync(file);
    await measure('large', folder);
  }
} finally {
  if (!values.keep) fs.rmSync(place, { recursive: true, force: true });
}
