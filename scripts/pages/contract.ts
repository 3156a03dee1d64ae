import { calls } from '../../src/shared/contract/calls.ts';
import { notices } from '../../src/shared/contract/notices.ts';
import { z } from '../../src/shared/contract/z.ts';
import { type Schema, typeText } from './type-text.ts';

/** What a shell and the engine say to each other, read from the schemas that parse it. */
export function contractPage(): string {
  const callParts = Object.entries(calls).map(
    ([name, { input, output }]) => `### ${name}\n\n${code(`in:  ${text(input, 'input')}\nout: ${text(output, 'output')}`)}`,
  );
  const noticeParts = Object.entries(notices).map(([name, schema]) => `### ${name}\n\n${code(text(schema, 'output'))}`);
  return `# The contract

Windows, the command line and tests are clients of the same calls. Every message is parsed on arrival by the schema
that this page is made from. A call is answered with its output or with a failure (see error-codes.md).

## Calls

${callParts.join('\n\n')}

## Notices

What the engine says without being asked.

${noticeParts.join('\n\n')}
`;
}

const text = (schema: z.ZodType, io: 'input' | 'output'): string =>
  typeText(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema);

const code = (content: string): string => `\`\`\`ts\n${content}\n\`\`\``;
