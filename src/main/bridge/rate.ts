/** Says for each moment whether one more fits into the last second. */
export function createRate(perSecond: number): (nowMs: number) => boolean {
  const taken: number[] = [];
  return (nowMs) => {
    while (taken[0] !== undefined && nowMs - taken[0] >= 1000) taken.shift();
    if (taken.length >= perSecond) return false;
    taken.push(nowMs);
    return true;
  };
}
