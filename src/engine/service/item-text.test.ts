import { describe, expect, it } from 'vitest';
import { mutants } from '../../../test/kit/mutator.ts';
import { htmlText } from './html-text.ts';
import { itemText, lookedAt, lookedAtBytes, maySay } from './item-text.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text.replaceAll('\n', '\r\n'));
const message = (text: string): Promise<string> => itemText('message', '1', bytesOf(text));
const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

const mixed = `From: a@b.example
Subject: Offer
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe vom Hafen
--y
Content-Type: text/html

<p>only in the page</p>
--y--
--x
Content-Type: text/csv; name=sums.csv
Content-Disposition: attachment; filename=sums.csv

herring,12
--x
Content-Type: application/json; name=a.json
Content-Transfer-Encoding: base64

eyJmaXNoIjoibWFja2VyZWwifQ==
--x
Content-Type: application/pdf; name=plan.pdf
Content-Transfer-Encoding: base64

aGVsbG8gd29ybGQ=
--x
Content-Type: message/rfc822

Subject: inner

forwarded words
--x--
`;

describe('what an item says', () => {
  it('is the text of a message, decoded, and of its attachments that are text, with the names of all', async () => {
    const text = await message(mixed);
    for (const word of ['Grüße', 'Hafen', 'herring', 'mackerel', 'sums', 'plan', 'forwarded'])
      expect(words(text)).toContain(word);
    for (const word of ['page', 'hello']) expect(words(text)).not.toContain(word);
  });

  it('is what a reader sees of a message that has nothing but HTML', async () => {
    const html = `<head><style>.hidden{}</style></head><body><p>One<b>word</b> and<br>next</p><script>alert("evil")</script>
      <img src="https://x.example/pixel" alt="a harbour">&uuml;ber &lt;all&gt;</body>`;
    const text = await message(`Content-Type: text/html; charset=utf-8\n\n${html}`);
    expect(words(text)).toEqual(['Oneword', 'and', 'next', 'a', 'harbour', 'über', 'all']);
  });

  it('is of appointments and contacts what people write into them', async () => {
    const event = `BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Meeting
DESCRIPTION:Bring the red\\nfolder
LOCATION:Pier 7
END:VEVENT
END:VCALENDAR`;
    expect(words(await itemText('event', 'a.ics', bytesOf(event)))).toEqual([
      'Meeting',
      'Bring',
      'the',
      'red',
      'folder',
      'Pier',
      '7',
    ]);
    const card = `BEGIN:VCARD
VERSION:3.0
FN:Bob
NOTE:knows the harbour master
END:VCARD`;
    expect(words(await itemText('contact', 'b.vcf', bytesOf(card)))).toContain('harbour');
  });

  it('is of a file read where its name says that it is text, in whatever letters it is written', async () => {
    for (const name of ['a.txt', 'b.MD', 'c.csv', 'd.json', 'e.html', 'f.ics', 'g.vcf', 'h.py', 'i.PDF'])
      expect(maySay('file', name)).toBe(true);
    for (const name of ['photo.jpg', 'a.zip', 'constructor', 'x.constructor', '']) expect(maySay('file', name)).toBe(false);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße', 'utf16le')]);
    for (const bytes of [Buffer.from('Grüße'), Buffer.from('Gr\xfc\xdfe', 'latin1'), utf16])
      expect(await itemText('file', 'a.txt', bytes)).toBe('Grüße');
    // The cut of what is too long may lie inside a letter.
    expect(await itemText('file', 'a.txt', Buffer.from('Hafen ü').subarray(0, 7))).toBe('Hafen');
    expect(await itemText('file', 'a.txt', Buffer.from('a\0b'))).toBe('');
  });

  it('is of a PDF file looked for to its end, and of all other items at their beginning', () => {
    expect(lookedAt('file', 'a.pdf')).toBeGreaterThan(lookedAtBytes);
    for (const [kind, name] of [
      ['file', 'a.txt'],
      ['message', 'a.pdf'],
    ] as const)
      expect(lookedAt(kind, name)).toBe(lookedAtBytes);
  });

  it('leaves out what is encoded, and ends after forty pages', async () => {
    expect(await itemText('file', 'a.txt', Buffer.from(`key ${'QUJD'.repeat(100)} end`))).toBe('key   end'.replace(/ +/, ' '));
    expect((await itemText('file', 'a.txt', Buffer.from('word '.repeat(400_000)))).length).toBeLessThanOrEqual(128 * 1024);
  });
});

describe('hostile items', () => {
  const deep = (levels: number): string => {
    const open = Array.from(
      { length: levels },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
    );
    return `${open.join('')}Content-Type: text/plain\n\nvery deep\n`;
  };

  it.each([
    ['nests without end', deep(20_000)],
    ['is one line', `Subject: x\n\n${'a b '.repeat(400_000)}`],
    ['has headers without end', 'X-A: b\n'.repeat(200_000)],
    ['has parts without end', `Content-Type: multipart/mixed; boundary=x\n\n${'--x\n\na\n'.repeat(300_000)}`],
    ['is nothing but lines', `Subject: x\n\n${'\n'.repeat(2_000_000)}`],
    ['has a charset that nobody knows', 'Content-Type: text/plain; charset=x-nobody\n\nstill here'],
    [
      'breaks its charset',
      'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=FF=FE=C3 still here',
    ],
    ['nests its HTML without end', `Content-Type: text/html\n\n${'<div><a>'.repeat(60_000)}${'</p>'.repeat(60_000)}`],
    ['opens tags that never close', `Content-Type: text/html\n\n${'<'.repeat(300_000)}${'<!--'.repeat(50_000)}`],
    ['is entities', `Content-Type: text/html\n\n${'&#x1f600;&notanentity'.repeat(20_000)}`],
  ])(
    'one that %s gives a text of bounded length, and takes no minute',
    async (_, text) => {
      const bytes = bytesOf(text).subarray(0, lookedAtBytes);
      expect((await itemText('message', '1', bytes)).length).toBeLessThanOrEqual(128 * 1024);
    },
    20_000,
  );

  it('what lies too deep or cannot be parsed is read as it is written: a word in it is found all the same', async () => {
    expect(words(await message(deep(100)))).toContain('deep');
    expect(words(await message('Content-Type: text/plain; charset=x-nobody\n\nstill here'))).toEqual(['still', 'here']);
  });

  it('no mutation of any fails, or gives more than is kept', async () => {
    const seed = Number(process.env['STRATA_SEED'] ?? 11);
    for (const mutant of mutants([bytesOf(mixed)], seed, 300)) await itemText('message', '1', mutant);
    for (const mutant of mutants([Buffer.from('<p>a<script>b</script>c &amp; d<!-- e -->')], seed, 1000)) {
      expect(htmlText(Buffer.from(mutant).toString('latin1'), 100).length).toBeLessThan(10_000);
    }
  });
});
