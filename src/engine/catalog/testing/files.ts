import type { Manifest } from '../../../shared/domain/item.ts';
import type { Catalog } from '../catalog.ts';
import { CommitChain, folderOf, item, manifestOf, rawContent } from './commits.ts';
import { openTestCatalog } from './open-test-catalog.ts';

export const startMs = Date.UTC(2025, 0, 1);
/** Of the source `source`. */
export const root = folderOf({ item: item('root'), folder: null, name: '', validFromMs: startMs });
export const folder = (name: string, parent: Manifest): Manifest =>
  folderOf({ item: item(`folder ${name}`), folder: parent.item, name, validFromMs: startMs });
export const file = (name: string, parent: Manifest, fields: Partial<Manifest> = {}): Manifest =>
  manifestOf({
    item: item(`file ${name}`),
    folder: parent.item,
    name,
    validFromMs: startMs,
    contents: [rawContent(name, name.length)],
    ...fields,
  });

/** A catalog to which each batch was committed. */
export function holding(...batches: Manifest[][]): Catalog {
  const catalog = openTestCatalog();
  const chain = new CommitChain();
  for (const batch of batches) catalog.apply(chain.next(batch));
  return catalog;
}
