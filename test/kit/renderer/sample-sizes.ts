import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import { sumOf } from '../../../src/shared/domain/size.ts';
import { createDraw } from './draw.ts';
import { tree } from './sample-mail.ts';

/** Some have grown far beyond the others. */
const heavy: Readonly<Record<string, number>> = { '2020 – 2025': 40, Newsletters: 300, Sent: 6, 'Quay tender': 90 };

export const folderSizes: CallOutput<'storage.folderSizes'> = tree.flatMap((folder) => {
  if (folder.items === 0) return [];
  const draw = createDraw(folder.path.length * 31 + folder.items);
  const itemBytes = folder.items * draw.whole(20_000, 160_000) * (heavy[folder.name] ?? 1);
  const { source, item, sourceKind, deleted } = folder;
  const versions = Math.round(folder.items * 1.4);
  const versionBytes = Math.round(itemBytes * 1.25);
  const now = deleted ? { items: 0, itemBytes: 0 } : { items: folder.items, itemBytes };
  return [{ source, folder: item, kind: sourceKind === 'files' ? 'file' : 'message', ...now, versions, versionBytes } as const];
});

const people = [
  ['plots@adler-print.example', 'Print shop Adler'],
  ['ines@quay7.example', 'Ines Duarte'],
  ['news@timber-weekly.example', 'Timber weekly'],
  ['jonas.weil@nord.example', 'Jonas Weil'],
  ['permits@harbour.example', 'Harbour Authority'],
  ['', ''],
  ['noreply@registrar.example', ''],
] as const;

const senders = Array.from({ length: 640 }, (_, index) => {
  const [address, name] = people[index] ?? [`person${index}@office${index % 40}.example`, `Person ${index}`];
  const items = Math.ceil(9000 / (index + 1));
  const itemBytes = Math.round(2_400_000_000 / (index + 1) ** 1.2);
  return { address, name, items, itemBytes, versions: items + 3, versionBytes: Math.round(itemBytes * 1.1) };
});

export function sendersUpTo(limit: number): CallOutput<'storage.senders'> {
  const others = senders.slice(limit);
  return { rows: senders.slice(0, limit), others: { senders: others.length, ...sumOf(others) } };
}
