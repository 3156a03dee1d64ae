import { expect, it } from 'vitest';
import { wordsOf } from './words-of.ts';

it('takes what a person typed, under Node and inside the packaged app alike', () => {
  expect(wordsOf(['node', 'cli.js', 'ls', 'Store'])).toEqual(['ls', 'Store']);
  expect(wordsOf(['/opt/strata', '--ozone-platform=headless', '--strata-cli', '--', 'ls', '--json'])).toEqual(['ls', '--json']);
});
