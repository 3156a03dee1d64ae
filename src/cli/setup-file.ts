import { readFileSync, statSync } from 'node:fs';
import { mostSetupBytes } from '../shared/contract/setup.ts';
import { StrataError } from '../shared/domain/strata-error.ts';

/** Its size is looked at before it is read. */
export function readSetup(file: string): string {
  try {
    if (file !== '-' && statSync(file).size > mostSetupBytes)
      throw new StrataError('setup.too-large', 'after-user-action', { bytes: mostSetupBytes });
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    if (cause instanceof StrataError) throw cause;
    throw new StrataError('path.missing', 'after-user-action', { path: file }, { cause });
  }
}
