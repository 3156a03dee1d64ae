import { expect, it } from 'vitest';
import { oddNames } from '../testing/files-world.ts';
import { nameText } from '../../kernel/file-name.ts';
import { type FileOrder, orderFromText, orderToText } from './file-order.ts';

const bare: FileOrder = {
  aside: '/proc/self/fd/7/.strata-x.part',
  path: '/proc/self/fd/7/x',
  item: 'x',
  properties: { type: 'file', mode: 0o4755, uid: 0, gid: 2 ** 31, modifyNs: -1_234_567_891n, attributes: new Map() },
  how: 'create',
  isPrivileged: false,
};

it('comes out of a text as it went in', () => {
  const attributes = new Map([
    ['user.note', Buffer.from([0, 1, 255])],
    ['user.empty', Buffer.alloc(0)],
  ]);
  const full: FileOrder = {
    ...bare,
    properties: { ...bare.properties, owner: 'ann', group: 'staff', sparse: true, attributes },
    how: 'replace',
    isPrivileged: true,
  };
  for (const order of [bare, full]) expect(orderFromText(orderToText(order))).toEqual(order);
});

it('keeps every name that a file can have', () => {
  for (const name of [...oddNames.map(nameText), '\ud800', '"\\\n']) {
    const order = { ...bare, path: `/proc/self/fd/7/${name}`, item: name };
    expect(orderFromText(orderToText(order))).toEqual(order);
  }
});
