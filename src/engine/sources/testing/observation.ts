import type { JsonValue } from '../../../shared/domain/json.ts';
import type { Content } from '../../kernel/content.ts';
import { describedBytes } from '../../kernel/describe.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { describeContent } from '../describe-content.ts';
import { type FolderVisit, noCursors, type Reading, type Sighting, type SourceSession, type Wanted } from '../source.ts';

export interface ObservedFolder {
  readonly visit: FolderVisit;
  /** Names from the root down, the root itself left out. */
  readonly path: readonly string[];
  readonly sightings: readonly Sighting[];
  readonly vanished: readonly string[];
  readonly cursor: JsonValue | undefined;
}

/** One whole walk, checked against what every walk promises. */
export async function observe(session: SourceSession, run: RunContext, known = noCursors): Promise<ObservedFolder[]> {
  const folders = new Map<string, ObservedFolder>();
  for await (const visit of session.walk(known, run)) {
    const { folder, parentKey, scan } = visit;
    const parent = parentKey === null ? undefined : folders.get(parentKey);
    if (folders.has(folder.key)) throw new Error(`folder visited twice: ${folder.key}`);
    if (parentKey !== null && parent === undefined) throw new Error(`folder visited before its parent: ${folder.key}`);
    if ((parentKey === null) !== (folders.size === 0)) throw new Error('the root comes first, and only the root has no parent');
    if (folder.kind !== 'folder') throw new Error(`a folder is of kind folder: ${folder.key}`);
    if (scan === undefined && visit.problem === undefined) throw new Error(`unreadable without a reason: ${folder.key}`);
    const sightings: Sighting[] = [];
    if (scan !== undefined) for await (const batch of scan.sightings) sightings.push(...batch);
    if (new Set(sightings.map(({ key }) => key)).size !== sightings.length) throw new Error(`key sighted twice in ${folder.key}`);
    folders.set(folder.key, {
      visit,
      path: parent === undefined ? [] : [...parent.path, folder.name],
      sightings,
      vanished: scan?.vanished() ?? [],
      cursor: scan?.cursor(),
    });
  }
  return [...folders.values()];
}

/** Reads what is wanted of one folder and checks that each is answered exactly once. */
export async function readAll(
  session: SourceSession,
  folderKey: string,
  wanted: readonly Wanted[],
  run: RunContext,
): Promise<Map<string, Reading>> {
  const answers = new Map<string, Reading>();
  for await (const reading of session.read(folderKey, wanted, run)) {
    if (answers.has(reading.key)) throw new Error(`answered twice: ${reading.key}`);
    answers.set(reading.key, reading);
  }
  for (const { sighting } of wanted) if (!answers.has(sighting.key)) throw new Error(`not answered: ${sighting.key}`);
  return answers;
}

/**
 * What it is once somebody stores it: he opens the file, finds its extended attributes, draws the summary from its beginning, and asks again
 * where it is another by now.
 */
export function asStored(reading: Reading, files: FileSystem): Reading {
  const { content, metadataWith, again } = reading;
  if (content?.kind !== 'file' || again === undefined) return reading;
  const { path, changeNs, describe, modifyNs } = content;
  const now = files.lstat(path);
  if (now?.modifyNs !== modifyNs || (changeNs !== undefined && now.changeNs !== changeNs)) return again();
  const file = files.open(path, 'read-no-follow');
  try {
    const beginning = new Uint8Array(Math.min(content.sizeBytes, describedBytes));
    if (describe !== undefined) file.read(beginning, 0);
    return {
      ...reading,
      ...(describe !== undefined && { summary: describeContent(describe, beginning, Number(modifyNs / 1_000_000n)) }),
      ...(metadataWith !== undefined && { metadata: metadataWith(file.readAttributes()) }),
    };
  } finally {
    file.close();
  }
}

export async function contentBytes(content: Content, files: FileSystem): Promise<Uint8Array> {
  switch (content.kind) {
    case 'bytes':
      return content.bytes;
    case 'file':
      return files.readWhole(content.path);
    case 'stream':
      return wholeOf(content.chunks);
  }
}

export async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice()); // a chunk may be valid only until the next is asked for
  return Buffer.concat(parts);
}
