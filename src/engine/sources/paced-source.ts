import type { Content } from '../kernel/content.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Reading, Source, SourceSession } from './source.ts';
import type { SourcePace } from './source-pace.ts';

/** Of a larger file not all is read at once, and it waits while it is read; every other one is waited for before the next. */
const wholeBytes = 4 * 1024 * 1024;

/** A source on this computer, whose contents are read as fast as its pace allows. */
export const pacedSource = (source: Source, pace: SourcePace | undefined): Source =>
  pace === undefined ? source : { ...source, open: async (run) => pacedSession(await source.open(run), pace) };

function pacedSession(session: SourceSession, pace: SourcePace): SourceSession {
  return {
    capabilities: session.capabilities,
    ...(session.readsWhileWalking && { readsWhileWalking: true }),
    walk: (known, run, scope) => session.walk(known, run, scope),
    folders: (parentKey, run) => session.folders(parentKey, run),
    read: (folderKey, wanted, run) => slowly(session.read(folderKey, wanted, run), pace, run),
    ...(session.leavesOut && { leavesOut: (folder, item) => session.leavesOut?.(folder, item) ?? false }),
    close: () => session.close(),
  };
}

async function* slowly(readings: AsyncIterable<Reading>, pace: SourcePace, run: RunContext): AsyncIterable<Reading> {
  const ending = AbortSignal.any([run.signal, run.finishSoon]);
  for await (const reading of readings) {
    const { content, again } = reading;
    const isLarge = content?.kind === 'stream' || (content?.kind === 'file' && content.sizeBytes > wholeBytes);
    if (content === undefined || !isLarge) {
      yield reading;
      if (content !== undefined) await paid(sizeOf(content), pace, ending, run);
    } else {
      const paced = (one: Reading): Reading => ({ ...one, ...(one.content && { content: slowed(one.content, pace, run) }) });
      yield { ...paced(reading), ...(again && { again: () => paced(again()) }) };
    }
  }
}

/** A wish to finish soon is heard while it waits; then nothing more is read. */
async function paid(bytes: number, pace: SourcePace, signal: AbortSignal, run: RunContext): Promise<void> {
  try {
    await pace.passed(bytes, { signal });
  } catch (error) {
    stopIfCancelled(run);
    if (!signal.aborted) throw error;
  }
}

function slowed(content: Content, pace: SourcePace, run: RunContext): Content {
  switch (content.kind) {
    case 'bytes':
      return content;
    case 'file':
      return { ...content, pace: { mostBytes: () => pace.pieceBytes, passed: (bytes) => pace.passed(bytes, run) } };
    case 'stream':
      return { ...content, chunks: inPieces(content.chunks, pace, run) };
  }
}

async function* inPieces(chunks: AsyncIterable<Uint8Array>, pace: SourcePace, run: RunContext): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    await pace.passed(chunk.length, run);
    yield chunk;
  }
}

const sizeOf = (content: Exclude<Content, { kind: 'stream' }>): number =>
  content.kind === 'file' ? content.sizeBytes : content.bytes.length;
