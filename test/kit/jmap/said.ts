/** What a JMAP client said to Cyrus, from the lines that it wrote down: requests, with the path up to what names a blob, and methods. */
export function jmapCalls(said: readonly string[]): {
  readonly requests: readonly string[];
  readonly methods: readonly string[];
} {
  // A body has no end of its own: the next request stands in the same line.
  const text = said.join('\n');
  const requests = [...text.matchAll(/([A-Z]{3,12}) (\/[^\s?]*)\S* HTTP\/1\.1/g)].map(([, verb, path = '']) =>
    `${verb} ${path}`.replace(/^(GET \/jmap\/download)\/.*/, '$1'),
  );
  const methods = [...text.matchAll(/\["([A-Z]\w+\/\w+)",\{"accountId"/g)].flatMap(([, method]) => method ?? []);
  return { requests, methods };
}
