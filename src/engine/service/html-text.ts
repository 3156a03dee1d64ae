import { Parser } from 'htmlparser2';

/** What stands in these is nothing that a person reads. */
const unread: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'noframes', 'iframe', 'object']);
/** These do not end a word. */
const inside: ReadonlySet<string> = new Set(
  'a abbr b big code em font i ins mark s small span strike strong sub sup tt u wbr'.split(' '),
);

/** Of more than this the beginning is read. */
const mostHtml = 512 * 1024;
const slice = 4096;
/** Mail programs nest a few dozen deep. Far deeper, each further tag would cost as much as all around it. */
const deepest = 512;

/** The words of a page as a reader sees them, without its programs and styles. Never fails; nothing is fetched or run. */
export function htmlText(html: string, mostLetters: number): string {
  const pieces: string[] = [];
  let letters = 0;
  let depth = 0;
  let hidden = 0;
  const put = (text: string): void => {
    if (hidden > 0) return;
    pieces.push(text);
    letters += text.length;
  };
  const parser = new Parser({
    onopentag(name, { alt }) {
      depth += 1;
      if (unread.has(name)) hidden += 1;
      if (!inside.has(name)) put(' ');
      if (alt !== undefined) put(` ${alt} `);
    },
    ontext: put,
    onclosetag(name) {
      depth -= 1;
      if (unread.has(name)) hidden -= 1;
      if (!inside.has(name)) put(' ');
    },
  });
  const end = Math.min(html.length, mostHtml);
  for (let at = 0; at < end && letters < mostLetters && depth < deepest; at += slice) {
    parser.write(html.slice(at, Math.min(end, at + slice)));
  }
  parser.end();
  return pieces.join('');
}
