import { Command } from 'commander';
import { expect, it } from 'vitest';
import { type ChoiceOptions, choicesFrom, withChoice } from '../../../cli/choosing.ts';
import { type Choice, everything } from '../../../shared/domain/choice.ts';
import { choiceOptions } from './choice-options.ts';

const full: Choice = {
  ...everything,
  only: [
    { path: 'Work', subfolders: false },
    { path: '!Work/Old', subfolders: true },
  ],
  skip: [{ path: 'A/**', subfolders: true }],
  skipUses: ['junk', 'all'],
  kinds: ['message', 'file'],
  fromMs: Date.UTC(2026, 0, 1, 12, 30),
  untilMs: Date.UTC(2026, 5, 1),
  newerThanDays: 90,
  minBytes: 7,
  maxBytes: 5_000_001,
  include: ['*.txt'],
  exclude: ['*.log', '!x'],
  presets: ['caches', 'logs'],
  markers: ['.nobackup'],
  oneFileSystem: true,
};

it.each([full, everything, { ...everything, kinds: [] }])('options say the choice that they came from', (choice) => {
  const words: string[] = [];
  const said = choiceOptions(choice, true, (name, values) => {
    if (values.length > 0) words.push(`--${name}`, ...values);
    return '';
  });
  const command = withChoice(new Command()).exitOverride();
  command.parse([...words, ...said.split(' ').filter((word) => word !== '')], { from: 'user' });
  const parsed = choicesFrom(command.opts<ChoiceOptions>(), {
    sources: [{ id: 'a', kind: 'files' }],
    only: undefined,
    before: [],
    nowMs: 0,
  });
  expect(parsed?.[0]?.choice ?? everything).toEqual(choice);
});
