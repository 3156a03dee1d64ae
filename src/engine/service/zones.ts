import { StrataError } from '../../shared/domain/strata-error.ts';

/** This computer's IANA zone. */
export const systemZone = (): string => new Intl.DateTimeFormat('en').resolvedOptions().timeZone;

/** Refuses a zone that this computer's calendar does not know. */
export function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new StrataError('input.invalid', 'never', { field: 'zone' }, { cause });
  }
}
