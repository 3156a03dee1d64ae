import { expect, it } from 'vitest';
import { flagsRevision, sortFlags } from './message-flags.ts';

it('parts flags from keywords, in an order of their own', () => {
  expect(sortFlags(['zebra', '\\Seen', '$Forwarded', '\\Answered', 'Apple'])).toEqual({
    flags: ['\\Answered', '\\Seen'],
    keywords: ['$Forwarded', 'Apple', 'zebra'],
  });
});

it('knows a flag in any spelling once, and a keyword only in its own', () => {
  expect(sortFlags(['\\SEEN', '\\seen', 'todo', 'ToDo'])).toEqual({ flags: ['\\Seen'], keywords: ['ToDo', 'todo'] });
});

it('never keeps \\Recent, and keeps flags that it does not know', () => {
  expect(sortFlags(['\\Recent', '\\RECENT', '\\Important']).flags).toEqual(['\\Important']);
});

it('gives the same revision for the same flags, and only for them', () => {
  const revision = (...flags: string[]): string => flagsRevision(sortFlags(flags));
  expect(revision('b', '\\Seen', 'a', '\\Recent')).toBe(revision('a', 'b', '\\SEEN'));
  expect(new Set([revision(), revision('a'), revision('a', 'b'), revision('\\Seen'), revision('Seen')]).size).toBe(5);
});
