import { describe, expect, it } from 'vitest';
import { readStartWords } from './start-words.ts';

const nothing = { profile: undefined, hidden: false, commandLine: undefined };

describe('the words at the start', () => {
  it('may be missing', () => {
    expect(readStartWords(['/opt/Strata/strata'])).toEqual(nothing);
  });

  it('are found among those of others', () => {
    const words = ['electron', '--no-sandbox', '/checkout', '--profile', '/tmp/p', '--lang=de', '--hidden'];
    expect(readStartWords(words)).toEqual({ profile: '/tmp/p', hidden: true, commandLine: undefined });
    expect(readStartWords(['strata', '--profile=/tmp/p'])).toEqual({ ...nothing, profile: '/tmp/p' });
  });

  it('hand everything after the dashes to the command line, untouched', () => {
    expect(
      readStartWords(['strata', '--disable-gpu', '--strata-cli', '--', 'job', 'run', '--profile', '/p', '--']).commandLine,
    ).toEqual(['job', 'run', '--profile', '/p', '--']);
    expect(readStartWords(['strata', '--strata-cli']).commandLine).toEqual([]);
  });

  it('cannot be smuggled in behind the dashes', () => {
    expect(readStartWords(['strata', '--', '--strata-cli', '--hidden'])).toEqual(nothing);
  });

  it('take an option without a value for none', () => {
    expect(readStartWords(['strata', '--profile']).profile).toBeUndefined();
    expect(readStartWords(['strata', '--profile=']).profile).toBeUndefined();
  });
});
