import { describe, expect, it } from 'vitest';
import { addressOf, isNear } from './address.ts';

describe('the address of a channel', () => {
  it('keeps what lets in out of the address, and out of what is shown', () => {
    expect(addressOf('https://anna:p%40ss@ntfy.example/topic')).toEqual({
      url: 'https://ntfy.example/topic',
      host: 'ntfy.example',
      headers: { authorization: `Basic ${Buffer.from('anna:p@ss').toString('base64')}` },
    });
    expect(addressOf('https://:tk_1@ntfy.example/topic').headers).toEqual({ authorization: 'Bearer tk_1' });
    expect(addressOf('https://hook.example/x?key=1').headers).toEqual({});
  });

  it.each(['', 'ntfy.example/topic', 'ftp://ntfy.example/', 'javascript:alert(1)', 'file:///etc/passwd', 'https://'])(
    'is not “%s”',
    (text) => expect(() => addressOf(text)).toThrow('alert.address'),
  );

  it('without encryption is taken in this network only', () => {
    expect(() => addressOf('http://ntfy.sh/topic')).toThrow('alert.open-line');
    expect(addressOf('http://nas:8080/topic').url).toBe('http://nas:8080/topic');
  });

  it.each([
    ['localhost', true],
    ['nas', true],
    ['nas.local', true],
    ['192.168.1.20', true],
    ['172.16.0.1', true],
    ['172.32.0.1', false],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['[fd00::1]', true],
    ['[2001:db8::1]', false],
    ['8.8.8.8', false],
    ['10.example.com', false],
    ['local.example', false],
  ])('%s is near: %s', (host, is) => expect(isNear(host)).toBe(is));
});
