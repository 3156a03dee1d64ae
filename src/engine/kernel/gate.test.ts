import { expect, it } from 'vitest';
import { Gate } from './gate.ts';
import { turn } from './turn.ts';

it('lets in as many as it may, in the order in which they came', async () => {
  const gate = new Gate(3);
  const inside: number[] = [];
  for (let number = 0; number < 6; number++) void gate.enter().then(() => inside.push(number));
  await turn();
  expect(inside).toEqual([0, 1, 2]);
  gate.leave();
  await turn();
  expect(inside).toEqual([0, 1, 2, 3]);
  gate.leave();
  gate.leave();
  await turn();
  expect(inside).toEqual([0, 1, 2, 3, 4, 5]);
});

it('lets in as much as it may, and what is too heavy alone', async () => {
  const gate = new Gate(10, 100);
  const inside: number[] = [];
  for (const weight of [60, 40, 1, 500, 1]) void gate.enter(weight).then(() => inside.push(weight));
  await turn();
  expect(inside).toEqual([60, 40]);
  gate.leave(60);
  await turn();
  expect(inside).toEqual([60, 40, 1]);
  gate.leave(40);
  gate.leave(1);
  await turn();
  expect(inside).toEqual([60, 40, 1, 500]);
  gate.leave(500);
  await turn();
  expect(inside).toEqual([60, 40, 1, 500, 1]);
});
