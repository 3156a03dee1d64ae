import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the tests noted, by part and then by what was tried. */
export type ProofFigures = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number | string>>>>>>;

const begin = '<!-- written by npm run test:full -->';
const end = '<!-- until here -->';

export function readFigures(folder: string): ProofFigures {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'summary.json');
  return Object.fromEntries(
    files
      .sort()
      .map((name) => [
        name.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(folder, name), 'utf8')) as ProofFigures[string],
      ]),
  );
}

/** The page with its tables made anew. */
export function withTable(page: string, figures: ProofFigures): string {
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error('The page has no place for its tables.');
  const tables = Object.entries(figures).map(([part, rows]) => `### ${part}\n\n${table(rows)}\n`);
  return `${page.slice(0, before + begin.length)}\n\n${tables.join('\n')}\n${page.slice(after)}`;
}

function table(rows: ProofFigures[string]): string {
  const columns = [...new Set(Object.values(rows).flatMap((figures) => Object.keys(figures)))];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cell = (column: string, value: number | string | undefined): string => {
    if (value === undefined) return '';
    // A seed is a name, to be typed again.
    return typeof value === 'number' && column !== 'seed' ? value.toLocaleString('en') : plain(String(value));
  };
  const body = Object.entries(rows).map(([name, figures]) =>
    line([plain(name), ...columns.map((column) => cell(column, figures[column]))]),
  );
  return [line(['', ...columns]), line(['---', ...columns.map(() => '---')]), ...body].join('\n');
}

/** One line, with no bar that would end its cell. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '/');
