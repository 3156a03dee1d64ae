import { describe, expect, it } from 'vitest';
import { defaultProfile } from './profile-place.ts';

describe('the default profile', () => {
  it('lies where the system keeps application data', () => {
    expect(defaultProfile('linux', {}, '/home/ann')).toBe('/home/ann/.local/share/strata');
    expect(defaultProfile('linux', { XDG_DATA_HOME: '/data' }, '/home/ann')).toBe('/data/strata');
    expect(defaultProfile('darwin', {}, '/Users/ann')).toBe('/Users/ann/Library/Application Support/Strata');
    expect(defaultProfile('win32', { APPDATA: 'C:\\Users\\ann\\AppData\\Roaming' }, 'C:\\Users\\ann')).toBe(
      'C:\\Users\\ann\\AppData\\Roaming\\Strata',
    );
  });

  it('ignores a relative XDG_DATA_HOME, which would depend on where one stands', () => {
    expect(defaultProfile('linux', { XDG_DATA_HOME: 'data' }, '/home/ann')).toBe('/home/ann/.local/share/strata');
  });

  it('gives way to STRATA_PROFILE', () => {
    expect(defaultProfile('linux', { STRATA_PROFILE: '/srv/strata', XDG_DATA_HOME: '/data' }, '/home/ann')).toBe('/srv/strata');
  });
});
