/**
 * Every failure that can be told to a person. A code is stable for ever: scripts match on it.
 * Its sentence is in `shared/words/failures.<language>.ts`; forgetting one does not compile.
 */
export const errorCodes = [
  // the command line and the contract
  'usage.invalid',
  'name.unknown',
  'name.ambiguous',
  'name.taken',
  'input.invalid',
  'engine.lost',
  'engine.busy',
  'confirmation.needed',
  'not.supported',
  'bug',

  // paths and disks
  'disk.full',
  'path.missing',
  'path.denied',
  'path.not-a-directory',
  'path.read-only',
  'path.io',

  // storages
  'storage.not-empty',
  'storage.not-found',
  'storage.exists',
  'storage.locked',
  'storage.lock-lost',
  'storage.needs-password',
  'storage.wrong-password',
  'storage.wrong-recovery-key',
  'storage.password-too-short',
  'storage.recovery-key-malformed',
  'storage.recovery-key-not-kept',
  'storage.key-renewed',
  'storage.last-key',
  'storage.damaged',
  'storage.newer-format',
  'storage.not-this-one',
  'storage.in-use',
  'storage.went-back',
  'storage.owned-elsewhere',
  'storage.adopted-away',
  'storage.read-only',
  'storage.is-a-copy',
  'storage.moved',
  'storage.is-a-mirror',
  'mirror.inside',
  'mirror.not-empty',
  'mirror.origin-differs',
  'storage.record-damaged',
  'storage.read-flickers',
  'storage.limit-exceeded',
  'storage.too-little-memory',
  'storage.verify-failed',
  'storage.nearly-full',
  'storage.needs-repair',
  'storage.not-in-trash',
  'storage.nothing-to-return',
  'storage.no-room-to-repair',
  'catalog.unusable',

  // the profile
  'profile.newer',
  'profile.unusable',

  // sources
  'source.missing',
  'source.empty',
  'source.swapped',
  'source.unreachable',
  'source.tls-refused',
  'source.tls-untrusted',
  'source.sign-in-refused',
  'source.needs-secret',
  'source.disconnected',
  'source.throttled',
  'source.protocol',
  'source.in-use',
  'folder.unreadable',
  'item.unreadable',
  'item.changed-while-reading',
  'item.too-large',

  // runs
  'run.interrupted',
  'run.already-running',
  'run.not-running',
  'job.disabled',

  // removing
  'removal.clock-ahead',
  'removal.clock-behind',
  'removal.needs-confirmation',
  'removal.plan-changed',
  'removal.frozen',
  'removal.newest-moment',
  'removal.source-in-use',
  'removal.origin-unsure',

  // guards: a run that saved everything, and looks like an accident or an attack
  'guard.deleted',
  'guard.changed',
  'guard.scrambled',
  'guard.unlike',
  'guard.renamed',
  'guard.canary',

  // restore
  'restore.attributes-lost',
  'restore.nothing-selected',
  'restore.item-damaged',
  'restore.mode-lost',
  'restore.name-unsafe',
  'restore.other-bytes',
  'restore.owner-lost',
  'restore.times-lost',
  'restore.write-failed',
  'restore.destination-inside-storage',
  'restore.no-such-moment',

  // keychain
  'keychain.unavailable',
] as const;

export type StrataErrorCode = (typeof errorCodes)[number];
