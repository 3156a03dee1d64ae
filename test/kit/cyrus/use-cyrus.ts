import { afterAll, beforeAll, describe } from 'vitest';
import { Cyrus, cyrusIsMissing } from './cyrus.ts';

/** A group of tests with a Cyrus of their own; where none can be had, the reason stands in the group's name. */
export function withCyrus(name: string, tests: (cyrus: () => Cyrus) => void): void {
  const missing = cyrusIsMissing();
  describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (skipped: ${missing})`, () => {
    let started: Cyrus | undefined;
    beforeAll(async () => {
      started = await Cyrus.start();
    });
    afterAll(() => started?.stop());
    tests(() => {
      if (started === undefined) throw new Error('Cyrus is started before the tests, not while they are listed');
      return started;
    });
  });
}
