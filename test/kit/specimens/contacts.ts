import { lines, type Specimen } from './specimen.ts';

type Expected = Specimen['expected']['summary'];

const specimen = (name: string, content: string | Uint8Array, summary: Expected): Specimen => ({
  name,
  bytes: typeof content === 'string' ? Buffer.from(content) : content,
  expected: { summary },
});
const card = (version: string, ...inner: readonly string[]): string =>
  lines('BEGIN:VCARD', `VERSION:${version}`, ...inner, 'END:VCARD');
const three = (...inner: readonly string[]): string => card('3.0', ...inner);
const four = (...inner: readonly string[]): string => card('4.0', ...inner);
const old = (...inner: readonly string[]): string => card('2.1', ...inner);
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

const names: readonly Specimen[] = [
  ...['2.1', '3.0', '4.0'].flatMap((version) => {
    const called = version.replace('.', '-');
    return [
      specimen(`name-formatted-${called}`, card(version, 'FN:Anna Berg', 'N:Berg;Anna;;;'), { title: 'Anna Berg' }),
      specimen(`name-structured-${called}`, card(version, 'N:Berg;Anna;Maria;Dr.;MSc'), { title: 'Dr. Anna Maria Berg MSc' }),
      specimen(`name-family-only-${called}`, card(version, 'N:Berg'), { title: 'Berg' }),
      specimen(`name-nickname-${called}`, card(version, 'NICKNAME:Anni'), { title: 'Anni' }),
      specimen(`name-organisation-${called}`, card(version, 'ORG:Quay 7;Rowing'), { title: 'Quay 7, Rowing' }),
      specimen(`name-from-mail-${called}`, card(version, 'EMAIL:anna@example.org'), {
        title: 'anna@example.org',
        from: 'anna@example.org',
      }),
      specimen(`name-from-number-${called}`, card(version, 'TEL:+49 30 1234'), { title: '+49 30 1234', to: '+49 30 1234' }),
      specimen(`name-from-uid-${called}`, card(version, 'UID:urn:uuid:1-2-3'), { title: 'urn:uuid:1-2-3' }),
      specimen(`name-nothing-${called}`, card(version), { title: '' }),
      specimen(`name-empty-${called}`, card(version, 'FN:', 'N:;;;;', 'ORG:Quay 7'), { title: 'Quay 7' }),
    ];
  }),
  specimen('name-spaces', three('FN:   ', 'N:Berg;Anna'), { title: 'Anna Berg' }),
  specimen('name-escaped', three('FN:Berg\\, Anna\\; and sons'), { title: 'Berg, Anna; and sons' }),
  specimen('name-with-line-feed', three('FN:Anna\\nBerg'), { title: 'Anna Berg' }),
  specimen('name-two-in-one-part', four('N:Berg,Stein;Anna,Maria;;;'), { title: 'Anna Maria Berg Stein' }),
  specimen('name-escaped-in-part', four('N:Berg\\, Graf;Anna;;;'), { title: 'Anna Berg, Graf' }),
  specimen('name-too-many-parts', three('N:Berg;Anna;;;;;;;x'), { title: 'Anna Berg' }),
  specimen('name-two-formatted', four('FN;LANGUAGE=de:Anna Berg', 'FN;LANGUAGE=he:אנה'), { title: 'Anna Berg' }),
  specimen('name-right-to-left', three('FN:אנה ברג'), { title: 'אנה ברג' }),
  specimen('name-emoji', three('FN:Anna 🎂'), { title: 'Anna 🎂' }),
  specimen('name-html', three('FN:<img src=x onerror=alert(1)>'), { title: '<img src=x onerror=alert(1)>' }),
  specimen('name-very-long', three(`FN:${'x'.repeat(70_000)}`), { title: `${'x'.repeat(1000)}…` }),
  specimen('name-with-controls', three('FN:a\u0000b\u0007c'), { title: 'a b c' }),
  specimen('name-grouped', three('item1.FN:Anna Berg'), { title: 'Anna Berg' }),
  specimen('name-lower-case', three('FN:Anna Berg').toLowerCase(), { title: 'anna berg' }),
  specimen('name-sorted-as', four('FN;SORT-AS="Berg,Anna":Anna Berg'), { title: 'Anna Berg' }),
];

const reaching: readonly Specimen[] = [
  specimen('mail-and-number', three('FN:A', 'EMAIL;TYPE=INTERNET,HOME:a@example.org', 'TEL;TYPE=CELL:+1 555 0100'), {
    title: 'A',
    from: 'a@example.org',
    to: '+1 555 0100',
  }),
  specimen('mail-several', three('FN:A', 'EMAIL:a@example.org', 'EMAIL;TYPE=WORK,PREF:b@example.org'), {
    title: 'A',
    from: 'a@example.org, b@example.org',
  }),
  specimen(
    'mail-grouped-as-apple-does',
    three('FN:A', 'item1.EMAIL;type=INTERNET;type=pref:a@example.org', 'item1.X-ABLabel:_$!<Other>!$_'),
    { title: 'A', from: 'a@example.org' },
  ),
  specimen('mail-as-address', four('FN:A', 'EMAIL;VALUE=uri:mailto:a@example.org'), { title: 'A', from: 'a@example.org' }),
  specimen('mail-not-one', three('FN:A', 'EMAIL:nobody at home'), { title: 'A', from: 'nobody at home' }),
  specimen(
    'mail-thousand',
    three('FN:A', ...Array.from({ length: 1000 }, (_, n) => `EMAIL:${String(n).padStart(3, '0')}@example.org`)),
    {
      title: 'A',
      from: `${Array.from({ length: 60 }, (_, n) => `${String(n).padStart(3, '0')}@example.org`)
        .join(', ')
        .slice(0, 500)}…`,
    },
  ),
  specimen('number-as-address', four('FN:A', 'TEL;VALUE=uri;TYPE="voice,home":tel:+49-30-1234;ext=5'), {
    title: 'A',
    to: '+49-30-1234;ext=5',
  }),
  specimen('number-with-letters', three('FN:A', 'TEL:1-800-ROWING'), { title: 'A', to: '1-800-ROWING' }),
  specimen('number-named-as-in-2-1', old('FN:A', 'TEL;HOME;VOICE:123', 'TEL;WORK;FAX:456'), { title: 'A', to: '123, 456' }),
  specimen('number-empty', three('FN:A', 'TEL:', 'TEL:1'), { title: 'A', to: '1' }),
  specimen('revised-basic', three('FN:A', 'REV:20260301T100000Z'), { title: 'A', timeMs: Date.UTC(2026, 2, 1, 10) }),
  specimen('revised-extended', three('FN:A', 'REV:2026-03-01T10:00:00Z'), { title: 'A', timeMs: Date.UTC(2026, 2, 1, 10) }),
  specimen('revised-day', three('FN:A', 'REV:20260301'), { title: 'A', timeMs: Date.UTC(2026, 2, 1) }),
  specimen('revised-words', three('FN:A', 'REV:yesterday'), { title: 'A' }),
];

const encoded: readonly Specimen[] = [
  specimen('quoted-utf8', old('FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller'), { title: 'Jörg Müller' }),
  specimen('quoted-latin', old('FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg'), { title: 'Jörg' }),
  specimen('quoted-without-charset', old('FN;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg'), { title: 'Jörg' }),
  specimen('quoted-named-alone', old('FN;QUOTED-PRINTABLE:J=C3=B6rg'), { title: 'Jörg' }),
  specimen('quoted-soft-end', old('FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Anna =', 'Berg'), { title: 'Anna Berg' }),
  specimen('quoted-soft-end-inside-character', old('FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=', '=B6rg'), {
    title: 'Jörg',
  }),
  specimen('quoted-soft-end-before-hex', old('FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:AB=', 'C3 and more'), {
    title: 'ABC3 and more',
  }),
  specimen('quoted-soft-end-and-line-like', old('FN;ENCODING=QUOTED-PRINTABLE:Anna=', 'TEL:123', 'EMAIL:a@example.org'), {
    title: 'AnnaTEL:123',
    from: 'a@example.org',
  }),
  specimen('quoted-soft-ends-to-the-end', 'BEGIN:VCARD\r\nFN;ENCODING=QUOTED-PRINTABLE:Anna=\r\n=\r\n=', { title: 'Anna=' }),
  specimen('quoted-structured', old('N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;'), {
    title: 'Jörg Müller',
  }),
  specimen('quoted-semicolon', old('FN;ENCODING=QUOTED-PRINTABLE:a=3Bb'), { title: 'a;b' }),
  specimen('quoted-line-ends', old('FN;ENCODING=QUOTED-PRINTABLE:Anna=0D=0ABerg'), { title: 'Anna Berg' }),
  specimen('quoted-broken', old('FN;ENCODING=QUOTED-PRINTABLE:a=ZZb=4'), { title: 'a=ZZb=4' }),
  specimen('quoted-underscore', old('FN;ENCODING=QUOTED-PRINTABLE:a_b'), { title: 'a_b' }),
  specimen('charset-latin', latin(old('FN;CHARSET=ISO-8859-1:Jörg')), { title: 'Jörg' }),
  specimen('charset-unnamed-windows', latin(three('FN:Jörg')), { title: 'Jörg' }),
  specimen(
    'charset-cyrillic',
    Buffer.concat([
      latin('BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=windows-1251:'),
      Buffer.from([0xc0, 0xed, 0xed, 0xe0]),
      latin('\r\nEND:VCARD\r\n'),
    ]),
    { title: 'Анна' },
  ),
  specimen(
    'charset-japanese',
    Buffer.concat([
      latin('BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=SHIFT_JIS:'),
      Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
      latin('\r\nEND:VCARD\r\n'),
    ]),
    { title: '日本' },
  ),
  specimen('charset-unknown', old('FN;CHARSET=X-NOBODY:Jörg'), { title: 'Jörg' }),
  specimen('photo-base64-3-0', three('FN:A', 'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ', ' SkZJRg=='), { title: 'A' }),
  specimen('photo-base64-2-1', old('FN:A', 'PHOTO;JPEG;BASE64:', '  /9j/4AAQSkZJRg==', '', 'TEL:1'), { title: 'A', to: '1' }),
  specimen('photo-base64-unfolded-lines', old('FN:A', 'PHOTO;ENCODING=BASE64;JPEG:/9j/', '4AAQSkZJRg', '==', 'TEL:1'), {
    title: 'A',
    to: '1',
  }),
  specimen('photo-as-data', four('FN:A', 'PHOTO:data:image/png;base64,iVBORw0KGgo='), { title: 'A' }),
  specimen('photo-elsewhere', four('FN:A', 'PHOTO;VALUE=uri:http://tracker.example.org/a.png'), { title: 'A' }),
  specimen('photo-large', three('FN:A', `PHOTO;ENCODING=b:${'A'.repeat(200_000)}`, 'TEL:1'), { title: 'A', to: '1' }),
];

const framing: readonly Specimen[] = [
  specimen('frame-folded', three('FN:Anna', '  Berg'), { title: 'Anna Berg' }),
  specimen(
    'frame-folded-inside-utf8',
    Buffer.concat([
      latin('BEGIN:VCARD\r\nFN:J'),
      Buffer.from([0xc3]),
      latin('\r\n '),
      Buffer.from([0xb6]),
      latin('rg\r\nEND:VCARD\r\n'),
    ]),
    { title: 'Jörg' },
  ),
  specimen('frame-line-feeds', three('FN:Anna').replaceAll('\r\n', '\n'), { title: 'Anna' }),
  specimen('frame-carriage-returns', three('FN:Anna', 'TEL:1').replaceAll('\r\n', '\r'), { title: 'Anna', to: '1' }),
  specimen('frame-mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(three('FN:Anna'))]), { title: 'Anna' }),
  specimen('frame-utf-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(three('FN:Jörg'), 'utf16le')]), {
    title: 'Jörg',
  }),
  specimen('frame-missing-end', three('FN:Anna').replace('END:VCARD\r\n', ''), { title: 'Anna' }),
  specimen('frame-missing-end-between', `${three('FN:Anna').replace('END:VCARD\r\n', '')}${three('FN:Bob')}`, {
    title: 'Anna (+1)',
  }),
  specimen('frame-two', three('FN:Anna', 'UID:1') + three('FN:Bob', 'UID:2'), { title: 'Anna (+1)' }),
  specimen('frame-same-uid-twice', three('FN:Anna', 'UID:1') + three('FN:Anna', 'UID:1'), { title: 'Anna (+1)' }),
  specimen('frame-three-hundred', Array.from({ length: 300 }, (_, n) => four(`FN:Card ${n}`)).join(''), {
    title: 'Card 0 (+299)',
  }),
  specimen('frame-agent', old('FN:Anna', 'AGENT:', 'BEGIN:VCARD', 'VERSION:2.1', 'FN:Bob', 'END:VCARD', 'TEL:1'), {
    title: 'Anna',
    to: '1',
  }),
  specimen('frame-agent-thousand-deep', `${'BEGIN:VCARD\r\nFN:Anna\r\nAGENT:\r\n'.repeat(1000)}`, { title: 'Anna' }),
  specimen('frame-version-last', lines('BEGIN:VCARD', 'FN:Anna', 'TEL;VALUE=uri:tel:1', 'VERSION:4.0', 'END:VCARD'), {
    title: 'Anna',
    to: '1',
  }),
  specimen('frame-version-unknown', card('9.9', 'FN:Anna'), { title: 'Anna' }),
  specimen('frame-without-version', lines('BEGIN:VCARD', 'FN:Anna', 'END:VCARD'), { title: 'Anna' }),
  specimen('frame-private-properties', three('FN:Anna', ...Array.from({ length: 12_000 }, (_, n) => `X-${n}:${n}`)), {
    title: 'Anna',
  }),
  specimen('frame-parameter-without-end', three('FN;SORT-AS="Berg:Anna', 'TEL:1'), { title: 'Anna', to: '1' }),
  specimen('frame-parameters-thousand', three(`FN;${Array.from({ length: 1000 }, (_, n) => `X-${n}=y`).join(';')}:Anna`), {
    title: 'Anna',
  }),
  specimen(
    'frame-group-of-people',
    three('FN:Rowers', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1'),
    { title: 'Rowers' },
  ),
  specimen('frame-kind-group', four('KIND:group', 'FN:Rowers', 'MEMBER:urn:uuid:1'), { title: 'Rowers' }),
  specimen('frame-property-named-constructor', three('CONSTRUCTOR:x', '__PROTO__;__PROTO__=z:y', 'FN:Anna'), { title: 'Anna' }),
  specimen('frame-empty', '', { title: '' }),
  specimen('frame-html', '<html></html>', { title: '' }),
  specimen('frame-calendar', lines('BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'SUMMARY:x', 'END:VEVENT', 'END:VCALENDAR'), { title: '' }),
  specimen('frame-begin-only', 'BEGIN:VCARD', { title: '' }),
  specimen('frame-binary', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), { title: '' }),
];

export const contactSpecimens: readonly Specimen[] = [...names, ...reaching, ...encoded, ...framing];
