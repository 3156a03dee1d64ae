import { describe, expect, it } from 'vitest';
import { safeFileName } from './safe-file-name.ts';

describe('a file name that is proposed', () => {
  it.each([
    ['Strata recovery key.txt', 'Strata recovery key.txt'],
    ['../../.bashrc', '_.._.bashrc'],
    ['a/b\\c:d.eml', 'a_b_c_d.eml'],
    ['line\r\nbreak\0.eml', 'line__break_.eml'],
    ['invoice\u202Efdp.exe', 'invoice_fdp.exe'],
    ['.hidden', 'hidden'],
    ['dots...', 'dots'],
    ['...', 'strata'],
    ['', 'strata'],
  ])('%j becomes %j', (given, proposed) => {
    expect(safeFileName(given)).toBe(proposed);
  });

  it('has a length that every system takes', () => {
    expect(safeFileName('x'.repeat(500))).toHaveLength(150);
  });
});
