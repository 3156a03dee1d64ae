/**
 * Folder paths with `*` (any text, the delimiter included) and `?` (one character). What a pattern names is left out with
 * everything below it. Upper and lower case differ, as they do on the server.
 */
export function folderFilter(patterns: readonly string[]): (path: string, delimiter: string | null) => boolean {
  const expressions = patterns.filter((pattern) => pattern !== '').map(toExpression);
  return (path, delimiter) =>
    withAncestors(path, delimiter).some((one) => expressions.some((expression) => expression.test(one)));
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}

function withAncestors(path: string, delimiter: string | null): string[] {
  const paths = [path];
  if (delimiter === null) return paths;
  for (let end = path.lastIndexOf(delimiter); end > 0; end = path.lastIndexOf(delimiter, end - 1)) paths.push(path.slice(0, end));
  return paths;
}
