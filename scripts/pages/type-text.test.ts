import { expect, it } from 'vitest';
import { z } from 'zod';
import { type Schema, typeText } from './type-text.ts';

const text = (schema: z.ZodType): string => typeText(z.toJSONSchema(schema) as Schema);

it.each([
  [z.object({}), '{}'],
  [z.object({ name: z.string(), size: z.number().int().optional() }), '{ name: string; size?: number }'],
  [z.enum(['a', 'b']).nullable(), '"a" | "b" | null'],
  [z.array(z.union([z.string(), z.boolean()])), '(string | boolean)[]'],
  [z.record(z.string(), z.number()), '{ [name: string]: number }'],
  [z.literal(1), '1'],
])('writes a schema as a type', (schema, expected) => {
  expect(text(schema)).toBe(expected);
});

it('gives every field of a long object a line of its own', () => {
  const long = z.object({
    theFirstOfThem: z.string(),
    theSecondOfThem: z.object({ inside: z.enum(['long', 'longer', 'the longest of all']) }),
  });
  expect(text(long)).toBe(
    '{\n  theFirstOfThem: string;\n  theSecondOfThem: { inside: "long" | "longer" | "the longest of all" };\n}',
  );
});
