import { expect, it } from 'vitest';
import type { ItemKind } from '../../shared/domain/item.ts';
import type { SelectedItem } from '../catalog/index.ts';
import { madeItem } from '../sources/testing/capture.ts';
import { recentFirst, recentSince } from './recent-first.ts';

const dayMs = 24 * 60 * 60 * 1000;
const momentMs = 1000 * dayMs;

const selected = (name: string, kind: ItemKind, daysBefore?: number): SelectedItem => {
  const { manifest, folders } = madeItem({ name, kind });
  const timeMs = daysBefore === undefined ? {} : { timeMs: momentMs - daysBefore * dayMs };
  return { manifest: { ...manifest, name, summary: { title: name, ...timeMs } }, folders: [...folders] };
};

it('what people need first comes first, each thing once, and in its order', () => {
  const all = [
    selected('Inbox', 'folder', 900),
    selected('old letter', 'message', 400),
    selected('new letter', 'message', 3),
    selected('Sent', 'folder'),
    selected('letter of 31 days', 'message', 31),
    selected('letter of 30 days', 'message', 30),
    selected('undated letter', 'message'),
    selected('old friend', 'contact', 900),
    selected('next meeting', 'event', -10),
    selected('old meeting', 'event', 100),
    selected('old file', 'file', 60),
  ];
  const order: string[] = [];
  const goesOn = (): void => void order.push('–');
  for (const { manifest } of recentFirst(() => all, recentSince(momentMs), goesOn)) order.push(manifest.name);
  expect(order).toEqual([
    ...['Inbox', 'new letter', 'Sent', 'letter of 30 days', 'undated letter', 'old friend', 'next meeting'],
    '–',
    ...['old letter', 'letter of 31 days', 'old meeting', 'old file'],
  ]);
});
