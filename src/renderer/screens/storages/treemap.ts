/** A part of a whole and the rectangle that stands for it. */
export interface Tile<Part> {
  readonly part: Part;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Rectangles whose areas are as the sizes, close to squares (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000). Largest first;
 * parts of size 0 get none.
 */
export function treemap<Part>(parts: readonly Part[], sizeOf: (part: Part) => number, area: Area): Tile<Part>[] {
  const sorted = parts.filter((part) => sizeOf(part) > 0).sort((a, b) => sizeOf(b) - sizeOf(a));
  const total = sorted.reduce((sum, part) => sum + sizeOf(part), 0);
  const scale = (area.width * area.height) / Math.max(total, Number.MIN_VALUE);
  const tiles: Tile<Part>[] = [];
  let left = area;
  for (let from = 0; from < sorted.length; ) {
    const until = rowEnd(sorted, sizeOf, scale, from, Math.min(left.width, left.height));
    const row = sorted.slice(from, until);
    left = layRow(row, (part) => sizeOf(part) * scale, left, tiles);
    from = until;
  }
  return tiles;
}

/** How many go into the row: as long as the worst of them gets no longer. */
function rowEnd<Part>(parts: readonly Part[], sizeOf: (part: Part) => number, scale: number, from: number, side: number): number {
  let sum = 0;
  let worst = Number.POSITIVE_INFINITY;
  for (let at = from; at < parts.length; at += 1) {
    const size = sizeOf(parts[at] as Part) * scale;
    const largest = sizeOf(parts[from] as Part) * scale;
    sum += size;
    const next = Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * size));
    if (next > worst) return at;
    worst = next;
  }
  return parts.length;
}

/** Along the shorter side; gives what is left of the area. */
function layRow<Part>(row: readonly Part[], areaOf: (part: Part) => number, area: Area, into: Tile<Part>[]): Area {
  const isTall = area.height >= area.width;
  const side = isTall ? area.width : area.height;
  const depth = row.reduce((sum, part) => sum + areaOf(part), 0) / side;
  let along = 0;
  for (const part of row) {
    const length = areaOf(part) / depth;
    into.push(
      isTall
        ? { part, x: area.x + along, y: area.y, width: length, height: depth }
        : { part, x: area.x, y: area.y + along, width: depth, height: length },
    );
    along += length;
  }
  return isTall
    ? { ...area, y: area.y + depth, height: area.height - depth }
    : { ...area, x: area.x + depth, width: area.width - depth };
}
