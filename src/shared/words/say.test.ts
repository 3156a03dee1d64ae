import { describe, expect, it } from 'vitest';
import type { Facts } from '../domain/strata-error.ts';
import { type Language, sayFailure } from './say.ts';

const ahead = (facts: Facts, language: Language): string =>
  sayFailure({ code: 'removal.clock-ahead', retry: 'after-user-action', facts }, language);
const behind = (facts: Facts, language: Language): string =>
  sayFailure({ code: 'removal.clock-behind', retry: 'after-user-action', facts }, language);

describe('how wrong a clock is', () => {
  it.each([
    [{ hours: 1104 }, 'is 46 days ahead', 'geht 46 Tage weiter vor'],
    [{ hours: 48 }, 'is 2 days ahead', 'geht 2 Tage weiter vor'],
    [{ hours: 47 }, 'is 47 hours ahead', 'geht 47 Stunden weiter vor'],
    [{ hours: 87_600 }, 'is 3,650 days ahead', 'geht 3.650 Tage weiter vor'],
  ])('is said in the unit that people say: %o', (facts, english, german) => {
    expect(ahead(facts, 'en')).toContain(english);
    expect(ahead(facts, 'de')).toContain(german);
  });

  it.each([
    [{ minutes: 6 }, 'is 6 minutes behind', 'geht 6 Minuten hinter'],
    [{ minutes: 119 }, 'is 119 minutes behind', 'geht 119 Minuten hinter'],
    [{ minutes: 150 }, 'is 3 hours behind', 'geht 3 Stunden hinter'],
    [{ minutes: 525_600 }, 'is 365 days behind', 'geht 365 Tage hinter'],
    [{ minutes: 1 }, 'is 1 minute behind', 'geht 1 Minute hinter'],
  ])('and so it is where it is behind: %o', (facts, english, german) => {
    expect(behind(facts, 'en')).toContain(english);
    expect(behind(facts, 'de')).toContain(german);
  });

  it('that nobody measured leaves the sentence whole', () => {
    expect(ahead({}, 'en')).toContain('is … ahead');
  });
});

describe('an instant in a sentence', () => {
  const since = '2026-11-30T09:26:44.722Z';
  const said = (language: Language): string =>
    sayFailure(
      { code: 'storage.owned-elsewhere', retry: 'after-user-action', facts: { path: '/a', host: 'h', since } },
      language,
    );

  it.each(['en', 'de'] as const)('stands as people write it, here and in their language: %s', (language) => {
    const written = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(since));
    expect(said(language)).toContain(written);
    expect(said(language)).not.toContain(since);
  });
});
