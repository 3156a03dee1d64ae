/** A certificate of a trial restore, line by line. */
export const rehearsalEn = {
  title: 'Trial restore of the storage “{{storage}}”',
  place: 'Place: {{path}}',
  times: 'From {{from}} until {{to}} (UTC)',
  run: 'Run {{run}}, seed {{seed}}, at most {{items}} items of each source, Strata {{version}}',
  how: 'Versions were drawn by chance over all sizes, among them one of the oldest and one of the newest kept moment. Each was restored from the storage to an empty folder, read back from there, and compared: its bytes with the hashes of when it was saved, of files time and rights, of messages flags and date.',
  proven:
    '{{source}}: proven restorable. {{items}} items, {{bytes}} bytes, in {{seconds}} s; moments from {{oldest}} to {{newest}}.',
  unequal: '{{source}}: NOT PROVEN. Of {{items}} items {{unequal}} did not come back as they were saved.',
  nothing: '{{source}}: nothing of it could be tried.',
  notSet: '  Of {{notSet}} the owner or an attribute could not be set by who tried it.',
  tooLarge: '  {{tooLarge}} versions are larger than what is tried, and were not among those that were drawn from.',
  more: '  and {{more}} more',
  all: 'All that was tried came back as it was saved.',
  notAll: 'Not all that was tried came back as it was saved:',
} as const;
export type RehearsalWord = keyof typeof rehearsalEn;
export type RehearsalWords = Readonly<Record<RehearsalWord, string>>;
