/** Why a run began, as half a sentence. */
export const causesEn = {
  hand: 'by hand',
  first: 'because it had never run',
  time: 'at its time, {{time}}',
  idle: 'because the idle time was over',
  window: 'because a window opened',
  'catch-up': 'to make up for {{time}}, which was missed',
  retry: 'as retry {{nth}} of {{of}}',
  retryEndless: 'as retry {{nth}}',
  resumed: 'to go on with what was cut off',
  plugged: 'because the disk came back',
  asked: 'because capture had missed something',
  wanted: 'to make up for {{time}}, as you wished',
  follows: 'because a backup brought something new',
  behind: 'because the mirror was behind',
  upkeep: 'as regular upkeep',
  again: '{{because}}, reading everything again',
  someStorages: '{{because}}, into chosen storages alone',
  some: '{{because}}, for chosen sources alone',
  someAgain: '{{because}}, reading chosen sources again from beginning to end',
} as const;
export type CauseWord = keyof typeof causesEn;
export type CauseWords = Readonly<Record<CauseWord, string>>;
