import type { BackupWorld } from './backup-world.ts';
import type { PlainState } from './plain-choosing.ts';

/** Place → what is shown of it, and what is read back of what is not gone. Items are called by their place: none is taken for a moved one. */
export async function keptIn(world: BackupWorld): Promise<Record<string, PlainState>> {
  const texts = new Map<string, string>();
  for (const { manifest } of world.catalog.select({ items: [], sources: [], recursive: true }, null)) {
    const [part] = manifest.contents;
    const chunks: Uint8Array[] = [];
    if (part !== undefined) for await (const chunk of world.storage.read(part, world.catalog)) chunks.push(chunk);
    texts.set(manifest.key, Buffer.concat(chunks).toString());
  }
  const found = world.catalog.find({ text: '', atMs: null, deleted: true, kind: 'message', limit: 10_000 });
  const items = found.map((row) => {
    const state = row.vanishedAtMs !== null ? 'vanished' : row.unchosenSinceMs === null ? 'there' : 'unchosen';
    return [row.name, { text: texts.get(row.name) ?? '', state, versions: world.catalog.history(row.item).length }] as const;
  });
  return Object.fromEntries(items);
}
