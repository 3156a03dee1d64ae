import { describe, expect, it } from 'vitest';
import { keepEverything } from '../../shared/domain/retention.ts';
import { presetOf, presets, retentionOf } from './keep-presets.ts';

describe('how long a job keeps', () => {
  it.each(presets.filter((preset) => preset !== 'own'))(
    '%s is recognised as what was chosen, whatever the order of members',
    (preset) => {
      const chosen = retentionOf(preset, null);
      expect(presetOf(chosen)).toBe(preset);
      if (chosen === null) return;
      const { keep, ...rules } = chosen.rules;
      const turned = {
        ...Object.fromEntries(Object.entries(rules).reverse()),
        keep: Object.fromEntries(Object.entries(keep).reverse()),
      };
      expect(presetOf({ byKind: {}, rules: turned as typeof chosen.rules })).toBe(preset);
    },
  );

  it('becomes one’s own with the numbers that were there, and by a rule for one kind of data', () => {
    const critical = retentionOf('critical', null);
    expect(retentionOf('own', critical)).toEqual(critical);
    expect(
      presetOf({ rules: critical!.rules, byKind: { message: { deletedDays: 0, maxAgeDays: null, maxVersions: null } } }),
    ).toBe('own');
  });

  it('is everything also where rules say so that let nothing go', () => {
    expect(presetOf(keepEverything)).toBe('everything');
  });

  it('never takes a deleted item sooner than after 30 days unless somebody says so', () => {
    for (const preset of presets) expect(retentionOf(preset, null)?.rules.deletedDays ?? 30).toBeGreaterThanOrEqual(30);
  });
});
