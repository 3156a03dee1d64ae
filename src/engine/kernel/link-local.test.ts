import { expect, it } from 'vitest';
import { isLinkLocal } from './link-local.ts';

it.each(['169.254.169.254', '169.254.0.1', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', 'fe80::1', 'FEBF::1', 'fe80::1%eth0'])(
  'no name from outside may lead to %s',
  (address) => expect(isLinkLocal(address)).toBe(true),
);

it.each(['', '169.254.example', '192.168.1.1', '10.0.0.1', '127.0.0.1', '::1', 'fec0::1', '2001:db8::fe80', '::ffff:10.0.0.1'])(
  'a name may lead to %s',
  (address) => expect(isLinkLocal(address)).toBe(false),
);
