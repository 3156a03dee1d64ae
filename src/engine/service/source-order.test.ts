import { expect, it } from 'vitest';
import type { SourceId } from '../../shared/domain/ids.ts';
import { inOrder } from './source-order.ts';

const sizes: Readonly<Record<string, number>> = { small: 1, large: 9, middle: 5 };
const source = (id: string, priority?: number) => ({
  description: { id: id as SourceId },
  ...(priority === undefined ? {} : { choice: { priority } }),
});
const order = (...sources: ReturnType<typeof source>[]): string[] =>
  inOrder(sources, (id) => sizes[id] ?? 0).map(({ description }) => description.id);

it('begins with what a person put first, and of equal ones with the largest', () => {
  expect(order(source('small'), source('large'), source('middle'))).toEqual(['large', 'middle', 'small']);
  expect(order(source('small', 1), source('large', 2), source('middle'))).toEqual(['middle', 'small', 'large']);
});

it('leaves those as they stand that have nothing saved yet', () => {
  expect(order(source('x'), source('y'), source('z'))).toEqual(['x', 'y', 'z']);
});
