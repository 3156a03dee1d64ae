import { describe, expect, it } from 'vitest';
import { pageAddress } from './page-address.ts';

describe('an address that a browser is to open', () => {
  it('is one of https, and goes on as the browser will read it', () => {
    expect(pageAddress('https://nord.example/a?b=c%20d')).toBe('https://nord.example/a?b=c%20d');
    expect(pageAddress('https://nord.example/"&calc')).toBe('https://nord.example/%22&calc');
  });

  it.for([
    'http://nord.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'mailto:ada@nord.example',
    'https://nord.example@sued.example/',
    'https://:password@nord.example/',
    ' ',
    'nord.example',
    '\\\\nord.example\\share',
    'https://',
  ])('is not %s', (text) => {
    expect(pageAddress(text)).toBeUndefined();
  });
});
