import type { ItemId } from '../../shared/domain/ids.ts';
import type { LostVersion, RepairReport } from '../../shared/domain/repair.ts';
import { type Catalog, placeText } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Author, RepairHelp, Repaired, Storage, StorageLock } from '../storage/index.ts';
import { contentFrom, type MirrorSide } from './mirror.ts';

export interface RepairInput {
  readonly storage: Storage;
  /** Up to date: what it knows must be there, and it names what is lost. */
  readonly catalog: Pick<Catalog, 'applied' | 'remembered' | 'describeVersions' | 'sources'>;
  /** Exclusive, for a repair; to read where nothing is changed. */
  readonly lock: StorageLock;
  /** What was the newest commit, where the catalog had to forget it. */
  readonly known: Parameters<Storage['repair']>[1]['known'];
  readonly mirrors: readonly MirrorSide[];
  readonly twins: RepairHelp['twins'];
  readonly author: Author;
  readonly isDry: boolean;
}

/** What a person is told of it; who was asked for missing pieces, the caller knows. */
export type RepairFindings = Omit<RepairReport, 'mirrors'>;

/** For people: more nobody reads. */
const mostTold = 1000;

/** Caller's duty: bringing the catalog up to date, and making it anew where manifests were lost. */
export async function repairStorage(input: RepairInput, run: RunContext): Promise<RepairFindings> {
  const { storage, catalog, lock, mirrors, twins, author, isDry } = input;
  const { sequence, id } = catalog.applied();
  const known = input.known ?? (id === null ? null : { sequence, id });
  const help: RepairHelp = {
    twins,
    mirrors: mirrors.map((side) => (wanted) => contentFrom(side, wanted)),
    remembered: (from, count, all) => catalog.remembered(from, count, all),
  };
  const repaired = await storage.repair(lock, { known, author, help, isDry }, run);
  return reportOf(repaired, input);
}

function reportOf({ numbers, lost, aside }: Repaired, { catalog, isDry }: RepairInput): RepairFindings {
  const { packsDamaged, ...others } = numbers;
  return {
    ...others,
    dryRun: isDry,
    packsAside: packsDamaged,
    aside,
    itemsLost: lost.length,
    versionsLost: lost.reduce((sum, { versions }) => sum + versions.length, 0),
    lost: lostVersions(lost, catalog),
  };
}

function lostVersions(lost: Repaired['lost'], catalog: RepairInput['catalog']): LostVersion[] {
  const names = new Map(catalog.sources().map(({ id, name }) => [id, name]));
  const order = new Map<ItemId, number>(lost.map(({ item }, index) => [item, index]));
  const place = (item: ItemId): number => order.get(item) ?? 0;
  return catalog
    .describeVersions(lost, mostTold)
    .sort((a, b) => place(a.item) - place(b.item) || a.version - b.version)
    .map(({ source, folderPath, name, version, validFromMs, validToMs }) => ({
      item: placeText(names.get(source) ?? '', [folderPath], name),
      version,
      fromMs: validFromMs,
      toMs: validToMs,
    }));
}
