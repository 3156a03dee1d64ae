/** To which row a key leads in a grid, whose rows count from 0; undefined: it moves nothing. */
export function rowMove(key: string, active: number, page: number, total: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    j: active + 1,
    ArrowUp: active - 1,
    k: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: total - 1,
  };
  return moves[key];
}
