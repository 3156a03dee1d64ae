import type { StorageSummary } from '../state/index.ts';
import { type BarPart, ShareBar } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';

type Room = Pick<StorageSummary, 'name' | 'storedBytes' | 'freeBytes' | 'totalBytes' | 'state'>;

/** "1.76 TB free of 3.6 TB", or what is stored where the disk does not tell. */
export function useStorageRoom({ freeBytes, totalBytes, storedBytes }: Room): string {
  const t = useWords();
  const format = useFormat();
  if (freeBytes === null || totalBytes === null) return t('home.storages.stored', { stored: format.bytes(storedBytes) });
  return t('home.storages.of', { free: format.bytes(freeBytes), total: format.bytes(totalBytes) });
}

/** Ours, other files, free. Without the disk's numbers the bar is only a mark that says so. */
export function StorageBar({ storage, height = 8 }: { readonly storage: Room; readonly height?: number }) {
  const t = useWords();
  const format = useFormat();
  const { freeBytes, totalBytes, storedBytes, name, state } = storage;
  if (freeBytes === null || totalBytes === null || totalBytes === 0) {
    return (
      <ShareBar parts={[]} height={height} label={t(state === 'unavailable' ? 'home.storages.unavailable' : 'parts.unknown')} />
    );
  }
  const other = Math.max(0, totalBytes - freeBytes - storedBytes);
  const parts: BarPart[] = [
    { tone: state === 'open' ? 'primary' : 'faded', share: storedBytes / totalBytes },
    { tone: 'control', share: other / totalBytes },
  ];
  const label = t('home.storages.bar', {
    name,
    stored: format.bytes(storedBytes),
    other: format.bytes(other),
    free: format.bytes(freeBytes),
  });
  return <ShareBar parts={parts} height={height} label={label} />;
}
