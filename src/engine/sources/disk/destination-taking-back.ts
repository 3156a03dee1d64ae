import type { FileSystem } from '../../kernel/file-system.ts';
import type { Found, RestoreItem, TakenBack, TakingBack } from '../destination.ts';
import { forItem } from '../destination-failure.ts';
import { takeDirectory } from '../destination-taking-folders.ts';
import type { Directory, Tree } from '../destination-tree.ts';

interface DiskTools {
  readonly files: FileSystem;
  readonly tree: Tree;
  readonly probe: (item: RestoreItem) => Promise<Found>;
  /** Where it lies; undefined: nothing of it is ever written. */
  readonly spot: (item: RestoreItem) => { readonly directory: Directory; readonly name: string } | undefined;
}

/** A file is as it was made where it has the item's bytes, time and rights. */
export const diskTakingBack = ({ files, tree, probe, spot }: DiskTools): TakingBack => ({
  item: (item, _made, how) =>
    forItem(item, async (): Promise<TakenBack> => {
      const found = await probe(item);
      const there = spot(item);
      if (found === 'absent' || there === undefined) return 'gone';
      if (found !== 'identical') return 'changed';
      if (how === 'look') return 'taken';
      there.directory.confirm();
      files.unlink(there.directory.at(there.name));
      return 'taken';
    }),
  folder: (folder) => Promise.resolve(takeDirectory(tree, folder, files)),
});
