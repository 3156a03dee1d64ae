import { setup } from '../../src/shared/contract/setup.ts';
import { z } from '../../src/shared/contract/z.ts';

/** The setup file as JSON Schema, for editors: made of the contract that the file is read with. */
export function setupSchemaPage(): string {
  const schema = z.toJSONSchema(setup, { io: 'input', reused: 'inline' });
  return `${JSON.stringify({ ...schema, title: 'Strata setup file', additionalProperties: false }, null, 2)}\n`;
}
