/**
 * Folder paths (names joined by `/`) with `*` (any text, `/` included) and `?` (one character). What a pattern names is left out
 * with everything below it.
 */
export function folderPatterns(patterns: readonly string[]): (path: readonly string[]) => boolean {
  const expressions = patterns.filter((pattern) => pattern !== '').map(toExpression);
  return (path) =>
    path.some((_, depth) => {
      const upTo = path.slice(0, depth + 1).join('/');
      return expressions.some((expression) => expression.test(upTo));
    });
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}
