import type { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What an index of words holds of one item is full after forty of these. */
const mostPages = 200;
/** Read by nobody who looks for words, and large. */
const safe = {
  ...{ isEvalSupported: false, enableXfa: false, stopAtErrors: false },
  // Neither fonts nor pictures are loaded, from nowhere.
  ...{ disableFontFace: true, useSystemFonts: false, useWasm: false, isOffscreenCanvasSupported: false, maxImageSize: 0 },
  ...{ disableRange: true, disableStream: true, disableAutoFetch: true, useWorkerFetch: false },
  verbosity: 0,
} as const;

/**
 * What stands on the pages of a PDF document, from the first on. Nothing in it is run, and nothing that it names is fetched. Never fails:
 * one that is encrypted, damaged, or made of pictures says nothing. Bounded by nothing but pages and letters: for a thread that is watched.
 */
export async function pdfText(bytes: Uint8Array, mostLetters: number): Promise<string> {
  const open = await library();
  // A copy, as the parser takes what it is given.
  const task = open({ ...safe, data: new Uint8Array(bytes) });
  const pieces: string[] = [];
  try {
    const document = await task.promise;
    let left = mostLetters;
    for (let number = 1; number <= Math.min(document.numPages, mostPages) && left > 0; number += 1) {
      const page = await document.getPage(number);
      const text = await pageText(page.streamTextContent(), left);
      pieces.push(text);
      left -= text.length;
      page.cleanup();
    }
  } catch {
    // Any parser may fail on any bytes; what stands before it is kept.
  } finally {
    await task.destroy().catch(() => undefined); // nothing of it is used again
  }
  return pieces.join('\n');
}

interface TextPiece {
  readonly items: readonly { readonly str?: string; readonly hasEOL?: boolean }[];
}

async function pageText(stream: ReadableStream, most: number): Promise<string> {
  let text = '';
  const reader = stream.getReader();
  while (text.length < most) {
    const { done, value } = (await reader.read()) as { done: boolean; value?: TextPiece };
    if (done) return text;
    for (const item of value?.items ?? []) {
      text += `${item.str ?? ''}${item.hasEOL === true ? '\n' : ''}`;
    }
  }
  await reader.cancel(new Error('enough')).catch(() => undefined); // whoever is told has what he wanted
  return text;
}

let loaded: Promise<typeof getDocument> | undefined;

function library(): Promise<typeof getDocument> {
  loaded ??= (async () => {
    // It asks for these when it is loaded, and uses them to draw, which nobody here does.
    const globals = globalThis as Record<string, unknown>;
    for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globals[name] ??= class {};
    // Being there already, it is not looked for in a file, nor started as a thread of a thread.
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
    return (await import('pdfjs-dist/legacy/build/pdf.mjs')).getDocument;
  })();
  return loaded;
}
