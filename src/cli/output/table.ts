export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** What a terminal would obey is shown, not obeyed: names come from strangers. */
export function harmless(text: string): string {
  return text.replace(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Aligned columns; the last is not padded, so that lines end where their text does. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(harmless));
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...shown.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => (columns[index]?.right ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...shown.map(line)].join('\n');
}
