import { isRefused, Unintelligible } from '../web-failure.ts';
import type { PlaceLimits } from '../destination.ts';
import type { ReadOnlyDav } from './read-only-dav.ts';
import { calendarName, contactsName, davName, textOf } from './xml.ts';

const free = davName('quota-available-bytes');
const largest = [calendarName('max-resource-size'), contactsName('max-resource-size')];

/** What is left (RFC 4331), and the largest object that one of the collections takes (RFC 4791, section 5.2.5; RFC 6352, section 6.2.3). */
export async function limitsOf(dav: ReadOnlyDav, home: string): Promise<PlaceLimits> {
  try {
    const { rows } = await dav.propfind(home, 1, [free, ...largest]);
    const told = (names: readonly string[]): number | null => {
      const numbers = rows.flatMap(({ properties }) => names.map((name) => Number(textOf(properties.get(name)) ?? Number.NaN)));
      const known = numbers.filter((number) => Number.isSafeInteger(number) && number >= 0);
      return known.length === 0 ? null : Math.min(...known);
    };
    return { freeBytes: told([free]), largestBytes: told(largest) };
  } catch (error) {
    // It says nothing of its limits, which is no reason not to restore.
    if (isRefused(error) || error instanceof Unintelligible) return { freeBytes: null, largestBytes: null };
    throw error;
  }
}
