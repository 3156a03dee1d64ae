import fs from 'node:fs';
import path from 'node:path';
import { calendarSpecimens } from './calendar.ts';
import { contactSpecimens } from './contacts.ts';
import type { Specimen } from './specimen.ts';

const corpus = path.join(import.meta.dirname, '../../corpus');
export const corpora: readonly {
  readonly folder: string;
  readonly ending: 'ics' | 'vcf';
  readonly specimens: readonly Specimen[];
}[] = [
  { folder: path.join(corpus, 'calendar'), ending: 'ics', specimens: calendarSpecimens },
  { folder: path.join(corpus, 'contacts'), ending: 'vcf', specimens: contactSpecimens },
];

const expectedText = ({ expected }: Specimen): string => `${JSON.stringify(expected, null, 2)}\n`;

/** Larger ones are made where they are needed: nobody reads them. */
const mostBytes = 16 * 1024;

/** Every file that there should be, and what should be in it. */
export const corpusFiles = (): readonly { readonly path: string; readonly bytes: Buffer }[] =>
  corpora.flatMap(({ folder, ending, specimens }) =>
    specimens
      .filter(({ bytes }) => bytes.length <= mostBytes)
      .flatMap((specimen) => [
        { path: path.join(folder, `${specimen.name}.${ending}`), bytes: Buffer.from(specimen.bytes) },
        { path: path.join(folder, `${specimen.name}.json`), bytes: Buffer.from(expectedText(specimen)) },
      ]),
  );

// `node test/kit/specimens/corpus.ts` writes them.
if (process.argv[1] === import.meta.filename) {
  for (const { folder } of corpora) {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
  }
  for (const file of corpusFiles()) fs.writeFileSync(file.path, file.bytes);
}
