import type { Manifest } from '../../../shared/domain/item.ts';
import { isStrataError } from '../../../shared/domain/strata-error.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Content } from '../../kernel/content.ts';
import type { Storage } from '../../storage/index.ts';
import type { ChangeMeter } from './change-meter.ts';
import { sampleBytes } from './entropy.ts';

interface Changed {
  readonly before: Manifest | undefined;
  readonly content: Content;
  readonly sizeBytes: number;
}
interface ProbeTools {
  readonly storage: Pick<Storage, 'read'>;
  readonly catalog: Catalog;
  readonly peek: (path: string, mostBytes: number) => Uint8Array | undefined;
}

/** Gives the meter a look at what a changed item was and is, for as many as it wants. A stream is left alone: it can be read once. */
export async function probe(meter: ChangeMeter, { before, content, sizeBytes }: Changed, tools: ProbeTools): Promise<void> {
  if (before === undefined || !meter.wantsSample(before, sizeBytes)) return;
  const after =
    content.kind === 'bytes' ? content.bytes : content.kind === 'file' ? tools.peek(content.path, sampleBytes) : undefined;
  const earlier = after === undefined ? undefined : await beginningOf(before, tools);
  if (after !== undefined && earlier !== undefined) meter.sample(earlier, after.subarray(0, sampleBytes), before);
}

async function beginningOf({ contents }: Manifest, { storage, catalog }: ProbeTools): Promise<Uint8Array | undefined> {
  const [part] = contents;
  if (part === undefined) return undefined;
  try {
    for await (const bytes of storage.read(part, catalog)) return bytes.slice(0, sampleBytes);
  } catch (error) {
    if (!isStrataError(error)) throw error; // damaged: the check says so, a guard needs not
  }
  return undefined;
}
