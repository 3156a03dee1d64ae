import { describe, expect, it } from 'vitest';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { fileFailure } from './file-failure.ts';

const system = (code: string): Error => Object.assign(new Error(`${code}: secret text`), { code });

describe('what the system says about a file', () => {
  it.each([
    ['ENOENT', 'path.missing'],
    ['EACCES', 'path.denied'],
    ['EPERM', 'path.denied'],
    ['ENOSPC', 'disk.full'],
    ['EDQUOT', 'disk.full'],
    ['EROFS', 'path.read-only'],
    ['ENOTDIR', 'path.not-a-directory'],
    ['EIO', 'path.io'],
    ['EMFILE', 'path.io'],
  ])('%s becomes %s and names path and errno', (errno, code) => {
    const cause = system(errno);
    const failure = fileFailure(cause, '/a');
    expect(failure).toMatchObject({ code, facts: { path: '/a', errno }, cause });
    expect(isStrataError(failure)).toBe(true);
  });

  it('leaves failures and bugs as they are', () => {
    const failure = new StrataError('bug', 'never');
    const bug = new TypeError('undefined is not a function');
    expect(fileFailure(failure, '/a')).toBe(failure);
    expect(fileFailure(bug, '/a')).toBe(bug);
  });
});
