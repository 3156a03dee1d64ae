import { expect, it } from 'vitest';
import { Cancelled } from '../../shared/domain/strata-error.ts';
import { wayFailure } from './web-failure.ts';

const origin = new URL('https://dav.example.org/');
const never = new AbortController().signal;
const coded = (code: string, syscall?: string): Error => Object.assign(new Error(code), { code, syscall });

it.for([
  ['ENOTFOUND', 'getaddrinfo', 'source.host-unknown'],
  ['EAI_AGAIN', 'getaddrinfo', 'source.host-unknown'],
  ['ECONNREFUSED', 'connect', 'source.connection-refused'],
  ['ECONNREFUSED', undefined, 'source.connection-refused'],
  ['ETIMEDOUT', 'connect', 'source.timed-out'],
  ['EHOSTUNREACH', 'connect', 'source.unreachable'],
  ['EHOSTUNREACH', undefined, 'source.unreachable'],
  ['ECONNRESET', 'read', 'source.disconnected'],
  ['EPROTO', 'write', 'source.tls-refused'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', undefined, 'source.tls-refused'],
  ['HPE_INVALID_CONSTANT', undefined, 'source.protocol'],
] as const)('on the way to a server %s of %s is told as %s', ([code, syscall, told]) => {
  const error = coded(code, syscall);
  expect(wayFailure(error, origin, 443, never)).toMatchObject({ code: told, cause: error });
});

it('what is none of these stays the bug that it is', () => {
  const bugs = [new TypeError('no function'), coded('ERR_INVALID_ARG_TYPE')];
  for (const bug of bugs) expect(wayFailure(bug, origin, 443, never)).toBe(bug);
});

it('whatever a cancel breaks is the cancel', () => {
  expect(wayFailure(coded('ECONNRESET'), origin, 443, AbortSignal.abort())).toBeInstanceOf(Cancelled);
});
