/** As much of JSON Schema as the contract's schemas turn into. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly $ref?: string;
}

/** A schema as a TypeScript type; long objects get a line for each field. */
export function typeText(schema: Schema, indent = ''): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return options.map((option) => typeText(option, indent)).join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((part) => typeText(part, indent)).join(' & ');
  if (schema.type === 'array') return arrayText(schema, indent);
  if (schema.type === 'object') return objectText(schema, indent);
  if (schema.$ref !== undefined) return 'itself';
  const names = [schema.type ?? 'unknown'].flat();
  return names.map((name) => (name === 'integer' ? 'number' : name)).join(' | ');
}

function arrayText({ items, prefixItems }: Schema, indent: string): string {
  if (prefixItems !== undefined) return `[${prefixItems.map((item) => typeText(item, indent)).join(', ')}]`;
  const item = typeText(items ?? {}, indent);
  return item.includes(' | ') || item.includes(' & ') ? `(${item})[]` : `${item}[]`;
}

function objectText({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const deeper = `${indent}  `;
  const fields = Object.entries(properties).map(
    ([name, field]) =>
      `${/^\w+$/.test(name) ? name : `'${name}'`}${required.includes(name) ? '' : '?'}: ${typeText(field, deeper)}`,
  );
  if (typeof additionalProperties === 'object') fields.push(`[name: string]: ${typeText(additionalProperties, deeper)}`);
  if (fields.length === 0) return '{}';
  const inline = `{ ${fields.join('; ')} }`;
  return inline.length < 90 && !inline.includes('\n')
    ? inline
    : `{\n${fields.map((field) => `${deeper}${field};\n`).join('')}${indent}}`;
}
