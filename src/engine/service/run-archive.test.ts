import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import { noCounts, type Problem, type Run } from '../../shared/domain/run.ts';
import { openProfileStore, openRunDetails, type ProfileStore, type RunDetails } from '../catalog/index.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { RunArchive } from './run-archive.ts';

const secret = 'Offer harbour office';
const problem: Problem = {
  failure: { code: 'item.unreadable', retry: 'later', facts: { item: secret, reason: 'EIO' } },
  source: 'Mail',
  folder: `Clients/${secret}`,
  item: secret,
  atMs: 1,
};
const run: Run = {
  id: 'run00000000000000000' as RunId,
  kind: 'restore',
  job: null,
  jobName: null,
  storage: 'storage0000000000000' as StorageId,
  storageName: 'Disk',
  trigger: 'person',
  cause: null,
  status: 'warning',
  startedAtMs: 1,
  endedAtMs: 2,
  phases: [],
  counts: { ...noCounts, failed: 1 },
  bytes: { read: 1, stored: 1 },
  problems: [problem],
  steps: [],
  failure: null,
  restore: {
    dryRun: false,
    created: 1,
    replaced: 0,
    skipped: 0,
    failed: [problem],
    verified: 1,
    bytes: 1,
    entries: [{ name: secret, folder: secret, sizeBytes: 1, timeMs: null, outcome: 'create' }],
  },
  retention: null,
  purge: null,
  repair: {
    dryRun: false,
    copiesMended: 0,
    waysLost: 0,
    packsAside: 1,
    packsMissing: 0,
    packsFound: 0,
    chunksSaved: 1,
    chunksFromMirror: 0,
    chunksLost: 1,
    manifestsRemembered: 0,
    manifestsLost: 0,
    aside: null,
    mirrors: [],
    itemsLost: 1,
    versionsLost: 1,
    lost: [{ item: secret, version: 1, fromMs: 1, toMs: null }],
  },
  check: {
    level: 'all',
    percent: null,
    packsRead: 3,
    flickers: [],
    restored: 0,
    packs: 1,
    records: 1,
    chunks: 1,
    commits: 1,
    bytesRead: 1,
    orphans: 0,
    leftovers: 0,
    findings: [
      {
        failure: { code: 'storage.record-damaged', retry: 'never', facts: { file: 'packs/x' } },
        file: 'packs/x',
        items: [secret],
      },
    ],
  },
};

let directory: string;
let store: ProfileStore;
let details: RunDetails | undefined;
let archive: RunArchive;
const files = new NodeFileSystem();

beforeEach(() => {
  directory = temporaryFolder();
  store = openProfileStore({ path: `${directory}/state.sqlite`, files });
  details = openRunDetails({ path: `${directory}/runs.sqlite`, key: '0123456789abcdef'.repeat(4), files });
  archive = new RunArchive(store);
  archive.useDetails(() => details);
});

describe('a run that is kept', () => {
  it('comes back with every name while its storage is open', () => {
    archive.putRun(run);
    expect(archive.run(run.id)).toEqual(run);
  });

  it('shows its codes and counts, and no name, while its storage is locked', () => {
    archive.putRun(run);
    details = undefined;
    const shown = archive.run(run.id);
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(shown).toMatchObject({
      status: 'warning',
      counts: { failed: 1 },
      problems: [{ failure: { code: 'item.unreadable' }, source: 'Mail' }],
    });
  });

  it('leaves no name in any file, neither as it is nor as UTF-16', () => {
    archive.putRun(run);
    for (const { name } of files.list(directory)) {
      const bytes = Buffer.from(files.readWhole(`${directory}/${name}`));
      expect(bytes.includes(Buffer.from(secret)), name).toBe(false);
      expect(bytes.includes(Buffer.from(secret, 'utf16le')), name).toBe(false);
    }
  });
});
