/** Says where a value first differs from what it should be, as a path (`contents[0].chunks`), or undefined if it fits. */
export type Shape = (value: unknown) => string | undefined;

/** Every member that the type has, and no other: forgetting one does not compile, an unknown one does not pass. */
export function object<T>(members: { readonly [K in keyof T]-?: Shape }): Shape {
  const entries = Object.entries<Shape>(members);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
    const found = value as Record<string, unknown>;
    let known = 0;
    for (const [name, shape] of entries) {
      const member = Object.hasOwn(found, name) ? found[name] : undefined;
      if (member !== undefined) known += 1;
      const wrong = shape(member);
      if (wrong !== undefined) return `.${name}${wrong}`;
    }
    return Object.keys(found).length === known ? undefined : '.?';
  };
}

/** Members of any name. */
export function record(shape: Shape): Shape {
  return (value) => {
    if (!isObject(value)) return '';
    for (const member of Object.values(value)) {
      const wrong = shape(member);
      if (wrong !== undefined) return `.*${wrong}`;
    }
    return undefined;
  };
}

export function array(shape: Shape, max: number): Shape {
  return (value) => {
    if (!Array.isArray(value) || value.length > max) return '';
    for (let index = 0; index < value.length; index += 1) {
      const wrong = shape(value[index]);
      if (wrong !== undefined) return `[${index}]${wrong}`;
    }
    return undefined;
  };
}

export const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined ? undefined : shape(value);
export const nullable =
  (shape: Shape): Shape =>
  (value) =>
    value === null ? undefined : shape(value);

const when =
  (holds: (value: unknown) => boolean): Shape =>
  (value) =>
    holds(value) ? undefined : '';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = when((value) => typeof value === 'string');
export const flag = when((value) => typeof value === 'boolean');
/** A member that is there or not. */
export const yes = when((value) => value === true);
export const matching = (pattern: RegExp): Shape => when((value) => typeof value === 'string' && pattern.test(value));
export const oneOf = (values: readonly string[]): Shape => when((value) => values.includes(value as string));
export const count = when((value) => Number.isSafeInteger(value) && (value as number) >= 0);
export const atLeastOne = when((value) => Number.isSafeInteger(value) && (value as number) >= 1);
/** What a `Date` can hold. */
export const timeMs = when((value) => Number.isInteger(value) && Math.abs(value as number) <= 8.64e15);
/** Sources give times with fractions; only finite ones survive JSON anyway. */
export const finite = when((value) => Number.isFinite(value));
/** Whatever JSON can say. Values come from `JSON.parse`, so nothing else can be here. */
export const anyJson = when((value) => value !== undefined);
export const jsonObject = when(isObject);
export const id = matching(/^[0-9a-z]{20}$/);
export const digest = matching(/^[0-9a-f]{64}$/);
