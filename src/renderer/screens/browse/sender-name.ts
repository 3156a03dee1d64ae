/** `Bob <bob@x.example>` → `Bob`; an address alone stays. Several senders are told by the first. */
export function senderName(from: string | null): string {
  if (from === null) return '';
  const named = /^\s*"?([^"<]*[^"<\s])"?\s*</.exec(from);
  return named?.[1] ?? from.replaceAll(/[<>]/g, '').trim();
}
