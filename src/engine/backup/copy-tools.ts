import type { RunId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Content } from '../kernel/content.ts';
import type { Random } from '../kernel/random.ts';
import type { StorageWriter } from '../storage/index.ts';

export interface CopyTools {
  readonly runId: RunId;
  readonly catalog: Catalog;
  readonly writer: Pick<StorageWriter, 'store' | 'storedBytes'>;
  /** `before`: what the item was until now. */
  readonly add: (manifest: Manifest, before: Manifest | undefined) => void;
  /** Looks into a changed item: what it was, and what it is. Before the content is stored. */
  readonly probe: (before: Manifest | undefined, content: Content, sizeBytes: number) => Promise<void>;
  /** An item has another content though its source said that it did not change. */
  readonly noteUnseen: () => void;
  readonly random: Random;
  readonly isCheckpointDue: () => boolean;
  /** Only while nothing is being stored. */
  readonly checkpoint: () => Promise<void>;
  /** From now on the folder holds what its cursor does not know: a checkpoint must not leave it that one. */
  readonly folderBegun: (folderKey: string) => void;
  /** To be called once all items of the folder are with the writer. */
  readonly folderDone: (folderKey: string, cursor: JsonValue) => void;
}
