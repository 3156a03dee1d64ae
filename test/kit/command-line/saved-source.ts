import path from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { Strata } from './strata.ts';

/** As `strata source add` takes it. */
export type SourceWords = readonly [kind: string, ...options: string[]];

/** A profile whose job J has saved a source called Source to the storage S. */
export async function savedBy(secret: string, ...[kind, ...options]: SourceWords): Promise<Strata> {
  const root = temporaryFolder();
  const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: secret });
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', kind, 'Source', ...options);
  await strata.ok('job', 'create', 'J', '--source', 'Source', '--storage', 'S');
  await strata.ok('job', 'run', 'J');
  return strata;
}

/** The newest run of a kind. */
export const newest = async (strata: Strata, kind: string): Promise<string> =>
  (await strata.ok('run', 'list', '--kind', kind, '--last', '1', '--json')).json<{ id: string }[]>()[0]?.id ?? '';
