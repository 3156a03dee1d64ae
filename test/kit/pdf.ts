import { deflateSync } from 'node:zlib';

/** A PDF document of these objects, the first of which is its catalog. A stream is given with what stands before its bytes. */
export function pdfOf(
  objects: readonly (string | { readonly head: string; readonly stream: Uint8Array })[],
  trailer = '',
): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  const at = (): number => pieces.reduce((sum, piece) => sum + piece.length, 0);
  for (const [index, object] of objects.entries()) {
    places.push(at());
    const { head, stream } = typeof object === 'string' ? { head: object, stream: undefined } : object;
    const dictionary = stream === undefined ? head : `<< ${head} /Length ${stream.length} >>\nstream\n`;
    pieces.push(Buffer.from(`${index + 1} 0 obj\n${dictionary}`), Buffer.from(stream ?? []));
    pieces.push(Buffer.from(`${stream === undefined ? '' : '\nendstream'}\nendobj\n`));
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${at()}\n%%EOF\n`;
  return Buffer.concat([...pieces, Buffer.from(end)]);
}

const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
const packed = (bytes: string | Uint8Array) => ({ head: '/Filter /FlateDecode', stream: deflateSync(bytes) });

interface More {
  readonly catalog?: string;
  readonly page?: string;
  readonly trailer?: string;
}

/** One page for each text, packed as programs do it. */
export function pdfSaying(texts: readonly string[], { catalog = '', page = '', trailer = '' }: More = {}): Buffer {
  const pages = texts.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  const pageOf = (index: number): string =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F 3 0 R >> >> /Contents ${5 + index * 2} 0 R ${page} >>`;
  const written = texts.flatMap((text, index) => [
    pageOf(index),
    packed(Buffer.from(`BT /F 12 Tf 20 100 Td (${text}) Tj ET`, 'latin1')),
  ]);
  const tree = `<< /Type /Pages /Kids [${pages}] /Count ${texts.length} >>`;
  return pdfOf([`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`, tree, font, ...written], trailer);
}

const action = (what: string): More => ({
  catalog: `/OpenAction << /Type /Action ${what} >> /AA << /WC << ${what} >> >>`,
  page: `/AA << /O << ${what} >> >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 300 200] /A << ${what} >> >>]`,
});

/** Documents that want something of whoever opens them, each with the word "herring" on its page. Where they call is `at`. */
export const callingPdfs = (at: string): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(
    Object.entries({
      script: `/S /JavaScript /JS (globalThis.ran = true; fetch\\("${at}/js"\\); app.launchURL\\("${at}/js"\\);)`,
      address: `/S /URI /URI (${at}/uri)`,
      launch: '/S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >>',
      form: `/S /SubmitForm /F (${at}/form) /Flags 4`,
      elsewhere: `/S /GoToR /F << /FS /URL /F (${at}/remote.pdf) >> /D [0 /Fit] /NewWindow true`,
      import: `/S /ImportData /F << /FS /URL /F (${at}/data.fdf) >>`,
    }).map(([name, what]) => [name, pdfSaying(['herring'], action(what))]),
  );

const endless = '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>';
const deep = Array.from({ length: 2000 }, (_, index) => `<< /Type /Pages /Kids [${index + 3} 0 R] /Count 1 >>`);

/** Documents that are none, or that nobody could read to their end. */
export const brokenPdfs: Readonly<Record<string, Buffer>> = {
  'is empty': Buffer.alloc(0),
  'is none': Buffer.from('hello world'),
  'ends early': pdfSaying(['herring']).subarray(0, 60),
  'is its own page tree': pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', endless]),
  'nests its pages without end': pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', ...deep, endless]),
  'is its own contents': pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [4 0 R 3 0 R] /Resources << /XObject << /X 4 0 R >> >> >>',
    {
      head: '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>',
      stream: Buffer.from('/X Do /X Do'),
    },
  ]),
  'is encrypted': pdfSaying(['herring'], {
    trailer: `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${'0f'.repeat(32)}> /U <${'f0'.repeat(32)}> >>`,
  }),
  'is encrypted in a way that nobody knows': pdfSaying(['herring'], { trailer: '/Encrypt << /Filter /Nobody /V 9 >>' }),
};

/** A page whose contents unpack to so many bytes of nothing. */
export const pdfBomb = (bytes: number): Buffer =>
  pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>',
    packed(Buffer.alloc(bytes, ' ')),
  ]);
