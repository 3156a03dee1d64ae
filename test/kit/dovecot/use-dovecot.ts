import { afterAll, beforeAll, describe } from 'vitest';
import { Dovecot, dovecotIsMissing, type DovecotOptions } from './dovecot.ts';

/** A group of tests with a Dovecot of their own; where none can be had, the reason stands in the group's name. */
export function withDovecot(name: string, tests: (dovecot: () => Dovecot) => void, options?: DovecotOptions): void {
  const missing = dovecotIsMissing();
  describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (skipped: ${missing})`, () => {
    let started: Dovecot | undefined;
    beforeAll(async () => {
      started = await Dovecot.start(options);
    });
    afterAll(() => started?.stop());
    tests(() => {
      if (started === undefined) throw new Error('Dovecot is started before the tests, not while they are listed');
      return started;
    });
  });
}
