import type { FileSystem } from '../../kernel/file-system.ts';
import type { Difference, Found, RestoreItem, Standing, TakenBack, TakingBack } from '../destination.ts';
import { forItem } from '../destination-failure.ts';
import { takeBack, unfinishedName } from '../destination-naming.ts';
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
      // Half a file, of a restore that was killed.
      if (how === 'take' && there !== undefined) takeBack(there.directory.at(unfinishedName(item.manifest)), files);
      if (found === 'absent' || there === undefined) return 'gone';
      if (found !== 'identical') return 'changed';
      if (how === 'look') return 'taken';
      there.directory.confirm();
      files.unlink(there.directory.at(there.name));
      return 'taken';
    }),
  folder: (folder) => Promise.resolve(takeDirectory(tree, folder, files)),
});

/** A time or rights that the system refused were told when the file was written; here they are told once more. */
export async function readFileBack(
  session: { probe(item: RestoreItem): Promise<Found>; look(item: RestoreItem): Promise<Standing> },
  item: RestoreItem,
): Promise<readonly Difference[] | 'missing'> {
  const found = await session.probe(item);
  if (found === 'identical') return [];
  if (found === 'absent') return 'missing';
  return (await session.look(item)).isSameContent ? ['rights'] : ['content'];
}
