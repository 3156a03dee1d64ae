import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absolutePathNames, exactName, NameKeeper, portableName } from './safe-name.ts';

describe('a name that is kept as it was', () => {
  it.each(['', '.', '..', 'a/b', '/', 'a\0b', 'x'.repeat(256), 'ü'.repeat(128)])(
    'is refused where it cannot be one name: %j',
    (name) => {
      expect(exactName(name, 'linux')).toBeUndefined();
    },
  );
  it.each(['a', ' a ', 'a.', '...', '-rf', 'new\nline', 'back\\slash', 'CON', 'a:b', '\u202eexe', '\uef80', 'x'.repeat(255)])(
    'is anything else: %j',
    (name) => {
      expect(exactName(name, 'linux')).toBe(name);
    },
  );
  it('is changed where Windows would take it for something else', () => {
    expect(exactName('CON', 'win32')).toBe('_CON');
    expect(exactName('..', 'win32')).toBeUndefined();
  });
});

describe('a portable name', () => {
  it.each([
    ['', '_'],
    ['.', '_'],
    ['..', '__'],
    ['../../etc', '.._.._etc'],
    ['a/b\\c:d', 'a_b_c_d'],
    ['trailing. . ', 'trailing____'],
    ['  leading', '__leading'],
    ['con', '_con'],
    ['Aux.txt', '_Aux.txt'],
    ['COM¹', '_COM¹'],
    ['CONIN$', '_CONIN$'],
    ['console', 'console'],
    ['PROGRA~1', 'PROGRA_1'],
    ['~', '~'],
    ['a\u202egpj.exe', 'a_gpj.exe'],
    ['tab\there', 'tab_here'],
    ['e\u0301', 'é'],
    ['Größe 📎', 'Größe 📎'],
    ['\ud800 alone', '_ alone'],
  ])('of %j is %j', (name, expected) => {
    expect(portableName(name)).toBe(expected);
  });

  it('of anything is one name everywhere, and portable already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = portableName(name);
        expect(safe).not.toMatch(/[/\\\0:*?"<>|\p{Cc}]|^\s|[\s.]$|^\.{0,2}$/u);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(220);
        expect(portableName(safe)).toBe(safe);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('names that became equal', () => {
  it('get numbers, also where a system takes upper and lower case for the same', () => {
    const keeper = new NameKeeper();
    expect(['a/b', 'a:b', 'A_B', 'a/b'].map((name) => keeper.nameFor('d', name))).toEqual(['a_b', 'a_b (2)', 'A_B (3)', 'a_b']);
    expect(keeper.nameFor('other', 'a:b')).toBe('a_b');
  });
});

describe('a path of any system', () => {
  it.each([
    ['/home/a b/', ['home', 'a b']],
    ['/', []],
    ['C:\\Users\\me', ['C', 'Users', 'me']],
    ['\\\\nas\\share\\x', ['nas', 'share', 'x']],
    ['relative/x', undefined],
    ['INBOX', undefined],
  ])('%j is made of %j', (path, names) => {
    expect(absolutePathNames(path)).toEqual(names);
  });
});
