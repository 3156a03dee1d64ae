import { StrataError } from '../shared/domain/strata-error.ts';

const unitBytes: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** `500`, `10k`, `5M`, `1.5G`: units of 1,024, with or without `B` or `iB` after them. */
export function parseSize(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(number) * (unitBytes[unit.toLowerCase()] ?? 1));
  if (number === '' || !Number.isSafeInteger(bytes)) {
    throw new StrataError('usage.invalid', 'never', { reason: `“${text}” is not a size. Use 500k, 5M, or 2G.` });
  }
  return bytes;
}
