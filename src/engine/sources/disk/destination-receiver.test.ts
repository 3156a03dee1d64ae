import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { FileReceiver } from './destination-receiver.ts';
import { type FileOrder, orderToText } from './file-order.ts';

let folder: string;
let receiver: FileReceiver;
beforeEach(() => {
  folder = temporaryFolder();
  receiver = new FileReceiver(new NodeFileSystem());
});

function orderFor(name: string, directory = folder, more: Partial<FileOrder> = {}): FileOrder {
  const { uid, gid } = fs.statSync(folder);
  const properties = { type: 'file', mode: 0o640, uid, gid, modifyNs: 1_000_000_000n } as const;
  const place = { aside: path.join(directory, `.${name}`), path: path.join(directory, name), item: name };
  return { ...place, properties, how: 'create', isPrivileged: process.getuid?.() === 0, ...more };
}

const pieces = [Buffer.from('one '), Buffer.from('content')];
const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');

it('writes one content under several names, read once', () => {
  let given = 0;
  const content = (function* () {
    for (const piece of pieces) {
      given += 1;
      yield piece;
    }
  })();
  const answers = receiver.receive(
    ['a', 'b', 'c'].map((name) => orderToText(orderFor(name))),
    content,
  );
  expect(answers.every((answer) => 'answer' in answer)).toBe(true);
  expect(['a', 'b', 'c'].map(read)).toEqual(Array(3).fill('one content'));
  expect(given).toBe(2);
  expect(fs.readdirSync(folder).sort()).toEqual(['a', 'b', 'c']);
});

it('tells of the one that cannot be written, and writes the others', () => {
  fs.writeFileSync(path.join(folder, 'taken'), 'mine');
  const orders = [orderFor('a'), orderFor('nowhere', path.join(folder, 'missing')), orderFor('taken'), orderFor('b')];
  const answers = receiver.receive(orders.map(orderToText), pieces);
  expect(answers.map((answer) => 'answer' in answer)).toEqual([true, false, false, true]);
  expect(['a', 'b', 'taken'].map(read)).toEqual(['one content', 'one content', 'mine']);
  expect(fs.readdirSync(folder).sort()).toEqual(['a', 'b', 'taken']);
});

it('leaves nothing of a content that breaks off, under none of its names', () => {
  const broken = (function* () {
    yield Buffer.from('one ');
    throw new Error('damaged');
  })();
  const answers = receiver.receive([orderFor('a'), orderFor('b')].map(orderToText), broken);
  expect(answers.map((answer) => 'error' in answer && String(answer.error))).toEqual(['Error: damaged', 'Error: damaged']);
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('gives each file of one content its own holes', () => {
  const zeros = Buffer.alloc(64 * 1024);
  const sparse = { ...orderFor('sparse').properties, sparse: true } as const;
  const answers = receiver.receive([orderFor('dense'), orderFor('sparse', folder, { properties: sparse })].map(orderToText), [
    zeros,
    zeros,
  ]);
  expect(answers.every((answer) => 'answer' in answer)).toBe(true);
  const [dense, holes] = ['dense', 'sparse'].map((name) => fs.statSync(path.join(folder, name)));
  expect([dense?.size, holes?.size]).toEqual([zeros.length * 2, zeros.length * 2]);
  expect(holes?.blocks).toBeLessThan(dense?.blocks ?? 0);
});
