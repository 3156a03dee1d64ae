import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type Choice, everything } from '../shared/domain/choice.ts';
import { type ChoiceOptions, type ChosenSources, choicesFrom, withChoice } from './choosing.ts';

const mail = { id: 'mail', kind: 'imap' } as const;
const disk = { id: 'disk', kind: 'files' } as const;
const nowMs = Date.UTC(2026, 10, 29, 12);

function chosen(words: readonly string[], before: ChosenSources = [], only?: readonly string[]) {
  const command = withChoice(new Command())
    .exitOverride()
    .parse([...words], { from: 'user' });
  return choicesFrom(command.opts<ChoiceOptions>(), { sources: [mail, disk], only, before, nowMs });
}
const of = (source: { readonly id: string }, words: readonly string[], before?: ChosenSources): Choice | undefined =>
  chosen(words, before)?.find((one) => one.source === source.id)?.choice;

describe('what a job takes, in words of the command line', () => {
  it('is as it was where nothing is said of it', () => {
    expect(chosen([])).toBeUndefined();
  });

  it('is of each source by its kind', () => {
    const words = ['--folder', 'INBOX', 'Work/**', '--exclude', '*.tmp', '--skip-junk', '--preset', 'caches', '--max-size', '5M'];
    const only = ['INBOX', 'Work/**'].map((path) => ({ path, subfolders: true }));
    const skip = [{ path: '*.tmp', subfolders: true }];
    expect(of(mail, words)).toEqual({ ...everything, only, skip, skipUses: ['junk'], maxBytes: 5_242_880 });
    const files = { exclude: ['*.tmp'], presets: ['caches'] };
    expect(of(disk, words)).toEqual({ ...everything, ...files, only, skipUses: ['junk'], maxBytes: 5_242_880 });
  });

  it('is a period by days of which the last one is out, and an age that goes on counting', () => {
    expect(of(mail, ['--since', '2026-01-01', '--until', '2026-02-01', '--newer-than', '2y'])).toEqual({
      ...everything,
      fromMs: new Date('2026-01-01T00:00').getTime(),
      untilMs: new Date('2026-02-01T00:00').getTime(),
      newerThanDays: 730,
    });
  });

  it('changes what is said and leaves the rest, unless it begins anew', () => {
    const before = [{ source: mail.id, choice: { ...everything, minBytes: 7, priority: 3 } }];
    expect(of(mail, ['--kind', 'mail,event'], before)).toEqual({
      ...everything,
      kinds: ['message', 'event'],
      minBytes: 7,
      priority: 3,
    });
    expect(of(mail, ['--everything'], before)).toEqual(everything);
    expect(of(mail, ['--everything', '--only-meta', '--priority', '2'], before)).toEqual({
      ...everything,
      kinds: [],
      priority: 2,
    });
  });

  it('keeps what it leaves out unless somebody lets it go', () => {
    expect(of(mail, ['--skip-junk'])?.leftOut).toBe('keep');
    const letGo = [{ source: mail.id, choice: { ...everything, leftOut: 'let-go' as const } }];
    expect(of(mail, ['--skip-junk', '--left-out', 'let-go'])?.leftOut).toBe('let-go');
    expect(of(mail, ['--skip-trash'], letGo)?.leftOut).toBe('let-go');
    expect(of(mail, ['--left-out', 'keep'], letGo)?.leftOut).toBe('keep');
    expect(() => of(mail, ['--left-out', 'delete'])).toThrow(expect.objectContaining({ code: 'usage.invalid' }) as Error);
  });

  it('is for the sources that were named', () => {
    expect(chosen(['--min-size', '1k'], [], [disk.id])).toEqual([
      { source: mail.id, choice: everything },
      { source: disk.id, choice: { ...everything, minBytes: 1024 } },
    ]);
  });

  it('takes subfolders unless told otherwise', () => {
    expect(of(mail, ['--folder', 'Work', '--no-recursive'])?.only).toEqual([{ path: 'Work', subfolders: false }]);
  });

  it.each([
    ['--kind', 'song'],
    ['--preset', 'games'],
    ['--priority', '0'],
    ['--newer-than', '0d'],
    ['--newer-than', 'soon'],
    ['--since', 'once'],
  ])('refuses %s %s', (option, value) => {
    expect(() => chosen([option, value])).toThrow();
  });
});
