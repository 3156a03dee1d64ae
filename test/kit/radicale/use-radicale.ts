import { afterAll, beforeAll, describe } from 'vitest';
import { Radicale, radicaleIsMissing } from './radicale.ts';

/** A group of tests with a Radicale of their own; where none can be had, the reason stands in the group's name. */
export function withRadicale(name: string, tests: (radicale: () => Radicale) => void): void {
  const missing = radicaleIsMissing();
  describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (skipped: ${missing})`, () => {
    let started: Radicale | undefined;
    beforeAll(async () => {
      started = await Radicale.start();
    });
    afterAll(() => started?.stop());
    tests(() => {
      if (started === undefined) throw new Error('Radicale is started before the tests, not while they are listed');
      return started;
    });
  });
}
