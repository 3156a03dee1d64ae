import { describe, expect, test } from 'vitest';
import { definitionOf, draftOf, faultOf, secretsOf, withMoment } from './action-draft.ts';

const empty = draftOf(null);

describe('an action while it is typed', () => {
  test('has a program and its words a line each, and no shell reads them', () => {
    const draft = { ...empty, name: ' Dump ', words: '/usr/bin/pg dump\n--file\na b\n', folder: ' ' };
    expect(definitionOf(draft)).toMatchObject({
      name: 'Dump',
      deed: { kind: 'command', program: '/usr/bin/pg dump', arguments: ['--file', 'a b'], shell: false, folder: null },
    });
  });

  test('keeps the names of secret headers and hands their values on beside it', () => {
    const secrets = [
      { name: 'X-Token', value: 's3cr3t' },
      { name: 'X-Old', value: '' },
      { name: '', value: 'nobody' },
    ];
    const draft = {
      ...empty,
      kind: 'webhook' as const,
      name: 'Hook',
      url: 'https://a.example/',
      headers: 'X-Kind: a: b\n\n',
      secrets,
    };
    const definition = definitionOf(draft);
    expect(definition.deed).toMatchObject({
      headers: [
        { name: 'X-Kind', value: 'a: b' },
        { name: 'X-Token', value: null },
        { name: 'X-Old', value: null },
      ],
    });
    expect(secretsOf(draft)).toMatchObject({ 'X-Token': 's3cr3t' });
    expect(JSON.stringify(definition)).not.toContain('s3cr3t');
  });

  test('is the same when nothing is changed', () => {
    for (const draft of [
      { ...empty, name: 'a', words: 'x\ny z', shell: true, folder: '/srv' },
      {
        ...empty,
        kind: 'webhook' as const,
        name: 'b',
        url: 'https://a.example/',
        headers: 'X-Kind: plain',
        body: '{{job}}',
        verifiesTls: false,
      },
    ]) {
      const row = { ...definitionOf(draft), id: 'i', secretsInKeychain: true, missingSecrets: [] } as unknown as Parameters<
        typeof draftOf
      >[0];
      expect(draftOf(row)).toEqual(draft);
    }
  });

  test('stops nothing that is over', () => {
    expect(withMoment(empty, 'after-success').onFailure).toBe('warn');
    expect(withMoment({ ...empty, onFailure: 'ignore' }, 'always-after').onFailure).toBe('ignore');
  });

  test.each([
    [empty, 'name'],
    [{ ...empty, name: 'a' }, 'words'],
    [{ ...empty, name: 'a', words: 'x', timeoutSeconds: 0 }, 'timeout'],
    [{ ...empty, name: 'a', words: 'x' }, null],
    [{ ...empty, name: 'a', kind: 'webhook' as const, url: 'a.example' }, 'url'],
    [{ ...empty, name: 'a', kind: 'webhook' as const, url: 'https://a.example', headers: 'no header' }, 'headers'],
    [{ ...empty, name: 'a', kind: 'webhook' as const, url: 'https://a.example' }, null],
  ])('says what is missing (%#)', (draft, fault) => {
    expect(faultOf(draft)).toBe(fault);
  });
});
