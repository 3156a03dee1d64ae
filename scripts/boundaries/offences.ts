// The canary's two lists: a house in which all is well, and one offence or more against every rule of rooms.cjs.

const engine = (path: string): string => `src/engine/${path}.ts`;
const index = (room: string): string => engine(`${room}/index`);

/** File -> what it imports. None of these may be reported. */
export const innocent: Readonly<Record<string, readonly string[]>> = {
  'src/shared/domain/ids.ts': [],
  'src/shared/contract/calls.ts': ['src/shared/domain/ids.ts', 'zod'],
  'src/shared/contract/calls.test.ts': ['src/shared/contract/calls.ts', 'vitest'],
  [engine('kernel/clock')]: ['src/shared/domain/ids.ts', 'node:timers'],
  [engine('kernel/testing/fake-clock')]: [engine('kernel/clock')],
  [engine('format/pack')]: [engine('kernel/clock'), 'src/shared/domain/ids.ts'],
  [engine('crypto/seal')]: [engine('kernel/clock'), 'node:crypto', 'sodium-native', 'libsodium-wrappers'],
  [engine('targets/target')]: [engine('kernel/clock')],
  [engine('targets/local/local-target')]: [engine('targets/target'), 'node:fs'],
  [engine('targets/s3/s3-target')]: [engine('targets/target')],
  [engine('targets/testing/target-suite')]: [engine('targets/target'), 'vitest'],
  [engine('targets/local/local-target.test')]: [engine('targets/testing/target-suite'), engine('targets/local/local-target')],
  [index('catalog')]: [engine('kernel/clock'), 'better-sqlite3'],
  [engine('sources/source')]: [engine('kernel/clock')],
  [engine('sources/destination')]: [engine('sources/source')],
  [engine('sources/imap/connection')]: ['node:net'],
  [engine('sources/imap/source')]: [engine('sources/source'), engine('sources/imap/connection')],
  [engine('sources/imap/destination')]: [engine('sources/destination'), engine('sources/imap/connection')],
  [engine('sources/caldav/source')]: [engine('sources/source')],
  [engine('schedule/due')]: [engine('kernel/clock')],
  [index('storage')]: [engine('format/pack'), engine('crypto/seal'), engine('targets/target')],
  [index('jobs')]: [engine('kernel/clock'), index('catalog')],
  [index('backup')]: [engine('sources/source'), index('storage'), index('catalog')],
  [engine('backup/cycle.test')]: [index('backup'), engine('targets/local/local-target'), 'test/kit/builders.ts'],
  [index('restore')]: [engine('sources/destination'), index('storage'), index('catalog')],
  [index('export')]: [engine('format/pack'), index('storage'), index('catalog')],
  [index('maintenance')]: [index('storage'), index('catalog'), index('restore')],
  'src/engine/index.ts': [
    ...['backup', 'restore', 'export', 'maintenance', 'jobs'].map(index),
    engine('sources/imap/source'),
    engine('sources/imap/destination'),
    engine('targets/local/local-target'),
  ],
  'src/engine-host/serve.ts': ['src/engine/index.ts', 'src/shared/contract/calls.ts', 'keytar'],
  'src/engine-host/utility.ts': ['src/engine-host/serve.ts', 'electron'],
  'src/engine-host/headless.ts': ['src/engine-host/serve.ts'],
  'src/cli/index.ts': ['src/shared/contract/calls.ts', 'src/engine-host/headless.ts', 'node:process'],
  'src/main/index.ts': ['src/shared/contract/calls.ts', 'electron', 'node:path'],
  'src/preload/index.ts': ['src/shared/contract/calls.ts', 'electron'],
  'src/renderer/client/client.ts': ['src/shared/contract/calls.ts', 'react', './engine.worker?worker'],
  'test/kit/builders.ts': [engine('kernel/clock')],
  'test/suites/targets.test.ts': [engine('targets/testing/target-suite'), 'test/kit/builders.ts'],
};

export interface Offence {
  readonly in: string;
  readonly imports: string;
  /** The import is one of types only. */
  readonly typeOnly?: true;
  readonly breaks: readonly string[];
}

/** Short for the rule that a room's row in rooms.cjs makes. */
const neighbours = (room: string): string => `${room}-imports-only-its-neighbours`;

export const offences: readonly Offence[] = [
  { in: 'src/shared/domain', imports: index('storage'), breaks: [neighbours('shared'), neighbours('shared/domain')] },
  { in: 'src/shared/contract', imports: 'src/main/index.ts', breaks: [neighbours('shared')] },
  { in: 'src/shared/domain', imports: 'src/shared/contract/calls.ts', breaks: [neighbours('shared/domain')] },
  { in: 'src/engine/jobs', imports: 'src/shared/contract/calls.ts', breaks: [neighbours('engine'), neighbours('engine/jobs')] },
  { in: 'src/engine', imports: 'src/engine-host/serve.ts', breaks: [neighbours('engine')] },
  { in: 'src/engine-host', imports: index('storage'), breaks: [neighbours('engine-host')] },
  { in: 'src/cli/commands', imports: 'src/engine/index.ts', breaks: [neighbours('cli')] },
  { in: 'src/cli', imports: 'src/engine-host/serve.ts', breaks: [neighbours('cli')] },
  { in: 'src/main', imports: 'src/engine/index.ts', breaks: [neighbours('main')] },
  { in: 'src/main/windows', imports: 'src/engine-host/headless.ts', breaks: [neighbours('main')] },
  { in: 'src/preload', imports: 'src/main/index.ts', breaks: [neighbours('preload')] },
  { in: 'src/renderer/screens/home', imports: index('storage'), breaks: [neighbours('renderer')] },
  { in: 'src/renderer', imports: engine('kernel/clock'), typeOnly: true, breaks: [neighbours('renderer')] },
  { in: 'src/engine/kernel', imports: engine('format/pack'), breaks: [neighbours('engine/kernel')] },
  { in: 'src/engine/format', imports: engine('crypto/seal'), breaks: [neighbours('engine/format')] },
  { in: 'src/engine/crypto', imports: engine('format/pack'), breaks: [neighbours('engine/crypto')] },
  { in: 'src/engine/targets', imports: index('storage'), breaks: [neighbours('engine/targets')] },
  { in: 'src/engine/catalog', imports: index('storage'), breaks: [neighbours('engine/catalog')] },
  { in: 'src/engine/sources', imports: engine('targets/target'), typeOnly: true, breaks: [neighbours('engine/sources')] },
  { in: 'src/engine/discovery', imports: index('catalog'), breaks: [neighbours('engine/discovery')] },
  { in: 'src/engine/alerts', imports: index('catalog'), breaks: [neighbours('engine/alerts')] },
  { in: 'src/engine/actions', imports: index('storage'), breaks: [neighbours('engine/actions')] },
  { in: 'src/engine/sign-in', imports: engine('sources/imap/source'), breaks: [neighbours('engine/sign-in')] },
  { in: 'src/engine/schedule', imports: index('catalog'), breaks: [neighbours('engine/schedule')] },
  { in: 'src/engine/capture', imports: index('backup'), breaks: [neighbours('engine/capture')] },
  { in: 'src/engine/storage', imports: engine('targets/local/local-target'), breaks: [neighbours('engine/storage')] },
  { in: 'src/engine/jobs', imports: index('backup'), breaks: [neighbours('engine/jobs')] },
  { in: 'src/engine/backup', imports: engine('sources/imap/source'), breaks: [neighbours('engine/backup')] },
  { in: 'src/engine/backup', imports: engine('sources/destination'), breaks: [neighbours('engine/backup')] },
  { in: 'src/engine/restore', imports: engine('sources/source'), breaks: [neighbours('engine/restore')] },
  { in: 'src/engine/export', imports: index('restore'), breaks: [neighbours('engine/export')] },
  { in: 'src/engine/maintenance', imports: engine('sources/source'), breaks: [neighbours('engine/maintenance')] },
  { in: 'src/shared/contract', imports: 'react', breaks: ['shared-carries-only-zod'] },
  { in: 'src/shared/domain', imports: 'node:path', breaks: ['no-node-in-pure-rooms'] },
  { in: 'src/preload', imports: 'node:fs', breaks: ['no-node-in-pure-rooms'] },
  { in: 'src/renderer', imports: 'fs', breaks: ['no-node-in-pure-rooms'] },
  { in: 'src/engine/format', imports: 'node:buffer', breaks: ['no-node-in-pure-rooms'] },
  { in: 'src/engine/targets/local', imports: engine('targets/s3/s3-target'), breaks: ['adapters-are-strangers'] },
  { in: 'src/engine/sources/caldav', imports: engine('sources/imap/connection'), breaks: ['adapters-are-strangers'] },
  { in: 'src/engine/sources/imap', imports: engine('sources/imap/destination'), breaks: ['reading-never-meets-writing'] },
  {
    in: 'src/engine/sources/imap',
    imports: engine('sources/destination'),
    typeOnly: true,
    breaks: ['reading-never-meets-writing'],
  },
  { in: 'src/engine/backup', imports: 'electron', breaks: ['electron-stays-outside'] },
  { in: 'src/engine-host', imports: 'electron', breaks: ['electron-stays-outside'] },
  { in: 'src/renderer', imports: 'electron', typeOnly: true, breaks: ['electron-stays-outside'] },
  { in: 'src/engine/storage', imports: 'better-sqlite3', breaks: ['one-room-speaks-sql'] },
  { in: 'src/engine/sources/imap', imports: 'node:crypto', breaks: ['one-room-holds-keys'] },
  { in: 'src/main', imports: 'crypto', breaks: ['one-room-holds-keys'] },
  { in: 'src/engine/storage', imports: 'sodium-native', breaks: ['one-room-calls-sodium'] },
  { in: 'src/engine/format', imports: 'libsodium-wrappers', breaks: ['one-room-calls-sodium'] },
  { in: 'src/main', imports: 'keytar', breaks: ['one-room-opens-the-keychain'] },
  { in: 'src/engine/backup', imports: 'test/kit/builders.ts', breaks: ['test-kits-stay-in-tests'] },
  { in: 'src/engine/targets/local', imports: engine('targets/testing/target-suite'), breaks: ['test-kits-stay-in-tests'] },
  { in: 'src/main', imports: 'a-package-that-is-not-there', breaks: ['nothing-unresolved'] },
];

/** Two files that import each other; a circle is reported at one of them. */
export const circle = { first: engine('kernel/circle-a'), second: engine('kernel/circle-b'), breaks: 'no-circles' } as const;

export const packages = ['zod', 'react', 'vitest', 'electron', 'better-sqlite3', 'keytar', 'sodium-native', 'libsodium-wrappers'];
