/** `1:3,7`: the shortest form of a set of UIDs (RFC 3501, section 9, `sequence-set`). */
export function toSequenceSet(uids: readonly number[]): string {
  const parts: string[] = [];
  const sorted = [...new Set(uids)].sort((one, other) => one - other);
  for (let at = 0; at < sorted.length; at++) {
    const from = sorted[at];
    while (sorted[at + 1] === (sorted[at] ?? 0) + 1) at++;
    parts.push(from === sorted[at] ? `${from}` : `${from}:${sorted[at]}`);
  }
  return parts.join(',');
}
