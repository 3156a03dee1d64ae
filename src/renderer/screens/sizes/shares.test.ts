import { describe, expect, it } from 'vitest';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { ItemKind } from '../../../shared/domain/item.ts';
import type { FolderSize } from '../../../shared/domain/size.ts';
import type { FolderRow } from '../../state/index.ts';
import { above, address, type Share, Shares, type SizesPlace } from './shares.ts';

const anna = 'anna' as SourceId;
const disk = 'disk' as SourceId;
function folder(source: SourceId, parent: FolderRow | null, name: string): FolderRow {
  const path = parent === null || parent.path === '' ? name : `${parent.path}/${name}`;
  const item = `${source} ${path}` as ItemId;
  const place = { item, source, parent: parent?.item ?? null, name, path };
  return { ...place, sourceName: source, sourceKind: 'imap', specialUse: null, items: 0, deleted: false, unchosenSinceMs: null };
}
const mail = folder(anna, null, '');
const clients = folder(anna, mail, 'Clients');
const quay = folder(anna, clients, 'Quay 7');
const files = folder(disk, null, '');

const sized = (of: FolderRow | SourceId, kind: ItemKind, bytes: number, before = 0): FolderSize => {
  const place = typeof of === 'string' ? { source: of, folder: null } : { source: of.source, folder: of.item };
  return { ...place, kind, items: 1, itemBytes: bytes, versions: 2, versionBytes: bytes + before };
};
const shares = new Shares(
  [mail, clients, quay, files],
  [
    sized(clients, 'message', 10),
    sized(quay, 'message', 100, 5),
    sized(quay, 'event', 1),
    sized(anna, 'account', 3),
    sized(files, 'file', 7),
  ],
);
const everything: SizesPlace = { source: null, folder: null, alone: false, kind: null };
const inAnna = { ...everything, source: anna };
const inClients = { ...inAnna, folder: clients.item };
const brief = (all: readonly Share[]): (string | number)[][] =>
  all.map(({ key, size }) => [key, size.itemBytes, size.versionBytes]);

describe('what takes the room', () => {
  it('is as much in its parts as as a whole, whichever way it is divided', () => {
    for (const place of [everything, inAnna, inClients, { ...inAnna, kind: 'message' as const }]) {
      const whole = shares.whole(place);
      const ways = [shares.byKind(place), ...(place.source === null ? [shares.bySource(place)] : [shares.byFolder(place)])];
      for (const parts of ways) expect(parts.reduce((sum, { size }) => sum + size.versionBytes, 0)).toBe(whole.versionBytes);
    }
    expect(shares.whole(everything)).toEqual({ items: 5, itemBytes: 121, versions: 10, versionBytes: 126 });
  });

  it('counts what lies below a folder to it, what lies in no folder to the source, and nothing of another source', () => {
    expect(brief(shares.bySource(everything))).toEqual([
      ['anna', 114, 119],
      ['disk', 7, 7],
    ]);
    expect(brief(shares.byFolder(inAnna))).toEqual([
      [clients.item, 111, 116],
      ['alone', 3, 3],
    ]);
    expect(brief(shares.byFolder(inClients))).toEqual([
      [quay.item, 101, 106],
      ['alone', 10, 10],
    ]);
    expect(brief(shares.byKind({ ...inClients, alone: true }))).toEqual([['message', 10, 10]]);
    expect(shares.foldersIn(inClients)).toEqual([clients.item, quay.item]);
    expect(shares.foldersIn({ ...inClients, alone: true })).toEqual([clients.item]);
    expect(shares.foldersIn(everything)).toHaveLength(4);
  });

  it('can be divided in every way that still divides something', () => {
    expect(shares.ways(everything)).toEqual(['source', 'kind', 'sender']);
    expect(shares.ways(inAnna)).toEqual(['folder', 'kind', 'sender']);
    expect(shares.ways({ ...inAnna, folder: quay.item })).toEqual(['kind', 'sender']);
    expect(shares.ways({ ...inClients, alone: true, kind: 'message' })).toEqual(['sender']);
  });

  it('leads down by address and up again the same way', () => {
    const steps: SizesPlace[] = [
      { ...inClients, alone: true, kind: 'message' },
      { ...inClients, alone: true },
      inClients,
      inAnna,
      everything,
    ];
    for (const [at, place] of steps.entries()) expect(above(place, shares.path(place))).toEqual(steps[at + 1] ?? null);
    expect(shares.byFolder(inAnna)[0]?.to).toEqual({ source: anna, folder: clients.item });
    expect(shares.byFolder(inClients)[1]?.to).toEqual({ source: anna, folder: clients.item, alone: true });
    expect(address(everything)).toEqual({});
    expect(shares.path(inClients)).toEqual([mail, clients]);
  });
});
