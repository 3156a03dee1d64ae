// Which room may import which, and why. For dependency-cruiser 18, which reads TypeScript below 7 only:
// with a newer one it looks at nothing and reports nothing. ./check.ts counts the modules for that reason,
// and ./canary.ts proves that every rule below can fail.

/** @param {string} path a room's folder, ending in a slash, or one file */
const ours = (path) => `^src/${path.replaceAll('.', '[.]')}${path.endsWith('/') ? '' : '$'}`;

const domain = ours('shared/domain/');
const kernel = ours('engine/kernel/');
const index = (/** @type {string[]} */ ...names) => names.map((name) => ours(`engine/${name}/index.ts`));

/** Room -> [what else of ours it may import, why]. A room may always import itself. */
const house = {
  shared: [[], 'the ground floor: whatever it loads, every process loads'],
  'shared/domain': [[], 'the words of the trade know no contract'],
  engine: [[domain], 'runs in a test, a worker or a command line: no window, no contract, no host'],
  'engine-host': [[ours('shared/'), ours('engine/index.ts')], 'the engine has one door'],
  cli: [[ours('shared/'), ours('engine-host/headless.ts')], 'the command line speaks the same contract as the window'],
  main: [[ours('shared/')], 'a broker that must never block: it opens windows and passes messages'],
  preload: [[ours('shared/')], 'a slot for the contract'],
  renderer: [[ours('shared/')], 'a screen sees the contract and nothing behind it'],
};

const ground = [domain, kernel];
const engine = {
  kernel: [[domain], 'the ground of the engine'],
  format: [ground, 'bytes and values, nothing else'],
  crypto: [ground, 'keys know nobody'],
  targets: [ground, 'a target holds bytes and never asks what they mean'],
  catalog: [ground, 'a cache that can be thrown away knows nobody'],
  sources: [ground, 'a source hands out items and never asks where they go'],
  discovery: [ground, 'proposes servers and signs in to none'],
  'sign-in': [
    [...ground, ours('engine/sources/certificate.ts'), ours('engine/sources/connect-failure.ts')],
    'speaks to who lets people in, and to no source',
  ],
  alerts: [
    [
      ...ground,
      ours('engine/sources/certificate.ts'),
      ours('engine/sources/connect-failure.ts'),
      ours('engine/sources/ask-failure.ts'),
    ],
    'tells what happened, and knows nobody who makes it happen',
  ],
  actions: [[...ground, ours('engine/sources/ask-failure.ts')], "does what a person's own profile says, and reads no storage"],
  schedule: [ground, 'what is due is arithmetic'],
  capture: [[...ground, ours('engine/sources/source.ts')], 'knows that something changed, never what a cycle makes of it'],
  storage: [
    [...ground, ours('engine/format/'), ours('engine/crypto/'), ours('engine/targets/target.ts')],
    'a storage sees the port, never a place',
  ],
  jobs: [[...ground, ...index('catalog')], 'runs a function and does not know that it is a backup'],
  backup: [[...ground, ours('engine/sources/source.ts'), ...index('storage', 'catalog')], 'joins the reading port and a storage'],
  restore: [
    [...ground, ours('engine/sources/destination.ts'), ...index('storage', 'catalog')],
    'must work when every source is gone',
  ],
  export: [[...ground, ours('engine/format/'), ...index('storage', 'catalog')], 'needs no source'],
  maintenance: [[...ground, ...index('storage', 'catalog', 'restore')], 'works on storages; a rehearsal restores'],
};

// A test may plant what it likes; `test-kits-stay-in-tests` keeps it from coming back into the product.
const outsideTheWalls = ['[.]test[.]tsx?$', '/testing/', '^test/'];

/** @param {string} room @param {[string[], string]} entry */
const onlyWhatIsNamed = (room, [allowed, comment]) => ({
  name: `${room}-imports-only-its-neighbours`,
  comment,
  severity: 'error',
  from: { path: ours(`${room}/`), pathNot: outsideTheWalls },
  to: { path: '^(src|test)/', pathNot: [ours(`${room}/`), ...allowed, ...outsideTheWalls] },
});

/** A package, or a module of Node, that one place alone may touch. */
const keptIn = (name, places, what, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: [...places, ...outsideTheWalls] },
  to: { path: what },
});

const npm = (name) => [`^${name}($|/)`, `(^|/)node_modules/${name}/`];

module.exports = {
  forbidden: [
    ...Object.entries(house).map(([room, entry]) => onlyWhatIsNamed(room, entry)),
    ...Object.entries(engine).map(([room, entry]) => onlyWhatIsNamed(`engine/${room}`, entry)),
    {
      name: 'shared-carries-only-zod',
      comment: 'whatever shared loads, every process loads',
      severity: 'error',
      from: { path: ours('shared/'), pathNot: outsideTheWalls },
      to: { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/zod/' },
    },
    {
      name: 'no-node-in-pure-rooms',
      comment: 'shared and format are values; the preload is sandboxed and the renderer is a page: none of them has Node',
      severity: 'error',
      from: { path: '^src/(shared|preload|renderer|engine/format)/', pathNot: outsideTheWalls },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'adapters-are-strangers',
      comment: 'a source or target never imports its sibling: each can be dropped by deleting its folder',
      severity: 'error',
      from: { path: '^src/engine/(sources|targets)/([^/]+)/', pathNot: outsideTheWalls },
      to: { path: '^src/engine/$1/[^/]+/', pathNot: ['^src/engine/$1/$2/', '/testing/'] },
    },
    {
      name: 'reading-never-meets-writing',
      comment: 'the code that backs a source up cannot reach a verb that writes to it: those lie in destination*.ts',
      severity: 'error',
      from: { path: '^src/engine/sources/', pathNot: ['/destination[^/]*[.]ts$', ...outsideTheWalls] },
      to: { path: '^src/engine/sources/.*destination[^/]*[.]ts$' },
    },
    keptIn(
      'electron-stays-outside',
      ['^src/(main|preload)/', ours('engine-host/utility.ts')],
      npm('electron'),
      'everything else runs on plain Node',
    ),
    keptIn('one-room-speaks-sql', [ours('engine/catalog/')], npm('better-sqlite3'), 'SQL is spoken in catalog only'),
    keptIn('one-room-holds-keys', [ours('engine/crypto/')], '^(node:)?crypto$', 'node:crypto is touched in crypto only'),
    keptIn(
      'one-room-calls-sodium',
      [ours('engine/crypto/')],
      [...npm('sodium-native'), ...npm('libsodium-wrappers[^/]*')],
      'libsodium is called in crypto only',
    ),
    keptIn('one-room-opens-the-keychain', [ours('engine-host/')], npm('keytar'), 'the engine is handed the port Keychain'),
    {
      name: 'test-kits-stay-in-tests',
      comment: 'the product imports no test and no test kit',
      severity: 'error',
      from: { path: '^src/', pathNot: outsideTheWalls },
      to: { path: outsideTheWalls },
    },
    { name: 'no-circles', comment: 'a circle is one room with two names', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-unresolved',
      comment: 'an import that leads nowhere is one that no rule above can judge',
      severity: 'error',
      from: {},
      // A question mark asks the bundler for something that is no module (a worker, a URL).
      to: { couldNotResolve: true, pathNot: '[?]' },
    },
  ],
  options: {
    tsPreCompilationDeps: true, // an import of a type is an import
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage|[.]cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
