/** Settings of which the record says that they were changed, by their names in the contract. */
export const actSettingsEn = {
  // of a storage
  graceDays: 'how long the trash keeps',
  minFreeBytes: 'room that stays free',
  automatic: 'clearing up by itself',
  scrubDays: 'how often all is read again',
  writeBytesPerSecond: 'bytes a second',
  itemsPerSecond: 'items a second',
  defaultRetention: 'rules for new jobs',
  searchBodies: 'search in texts',
  // its times
  check: 'times of checks',
  rehearsal: 'times of trial restores',
  purge: 'times of deleting',
  mirror: 'times of mirrors',
  // what a person answered where a guard asked
  mine: 'these are my changes',
  empty: 'it is really empty',
  keep: 'keep it all for now',
  // of a mirror or an archive
  enabled: 'on or off',
  retention: 'rules for keeping',
  zone: 'time zone',
  isElsewhere: 'at another place or not',
  // of jobs and the app
  actions: 'actions around its runs',
  priority: 'priority on this computer',
  workers: 'packing threads',
  servers: 'servers at a time',
  newJobs: 'what new jobs begin with',
  recordDays: 'days that the record goes back',
  pause: 'all jobs paused',
  resume: 'jobs go on',
  // of alerts
  quiet: 'quiet hours',
  digestAt: 'time of the digest',
} as const;
export type ActSettingWords = Readonly<Record<keyof typeof actSettingsEn, string>>;
