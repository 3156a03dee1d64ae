/** What is looked at before a run, and what came of it. */
export const checksEn = {
  running: 'Not running already',
  enabled: 'Runs by itself',
  unlocked: 'The storage “{{name}}” is there and unlocked',
  writable: '“{{name}}” may be written to from here',
  lock: 'Nobody else works on “{{name}}”',
  space: 'Room on “{{name}}”',
  clock: 'The clock is right',
  guard: 'No guard waits for an answer',
  source: 'The source “{{name}}” answers',
  fine: 'yes',
  refused: 'no',
  waits: 'waits',
  noted: 'note',
  can: 'It can run now.',
  canNoted: 'It can run now, but not all of it would be as it should.',
  cannot: 'It cannot run now.',
} as const;
export type CheckWord = keyof typeof checksEn;
export type CheckWords = Readonly<Record<CheckWord, string>>;
