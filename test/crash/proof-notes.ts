import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFull, seed } from './tier.ts';

type Figures = Readonly<Record<string, number | string>>;

const folder = join(import.meta.dirname, '../../.cache/proof', isFull ? 'full' : 'quick');

/** Keeps what a part of the proof has counted, for the table that the full tier writes at its end. */
export function noteProof(part: string, name: string, figures: Figures): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${part}.json`);
  const notes = { ...earlier(path), [name]: { ...figures, seed } };
  writeFileSync(path, `${JSON.stringify(notes, null, 2)}\n`);
  console.log(
    `${part}, ${name}: ${Object.entries({ ...figures, seed })
      .map(([what, figure]) => `${what} ${figure}`)
      .join(', ')}`,
  );
}

function earlier(path: string): Readonly<Record<string, Figures>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Figures>;
  } catch {
    return {}; // the first note of this part
  }
}
