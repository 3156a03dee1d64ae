/** A small, ordinary message; `n` makes it another one. */
export function plainMessage(n: number, body = 'Dear all,\r\nthis is a message.\r\n'): Uint8Array {
  const day = String(1 + (n % 28)).padStart(2, '0');
  return Buffer.from(
    `From: Ada <ada@example.org>\r\nTo: Grace <grace@example.org>\r\nSubject: Message ${n}\r\n` +
      `Date: ${day} Jan 2024 10:00:00 +0100\r\nMessage-ID: <message-${n}@example.org>\r\n\r\n${body}`,
  );
}

/** A message of exactly this size in lines of base64, as an attachment makes it. */
export function largeMessage(n: number, size: number): Uint8Array {
  const bytes = Buffer.alloc(size, `${'QUJD'.repeat(19)}\r\n`);
  Buffer.from(plainMessage(n, '')).copy(bytes);
  bytes.write('\r\n', size - 2);
  return bytes;
}

/** What servers have to keep as it is, though no standard likes it. Lines end in CRLF: some servers make it so. */
export const oddMessages: Readonly<Record<string, Uint8Array>> = {
  'raw 8-bit in the header and in the body': Buffer.from(
    'Subject: Gr\xfc\xdfe\r\nMessage-ID: <odd-1@example.org>\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n\xe4\xf6\xfc \xff\xfe\x80\r\n',
    'latin1',
  ),
  'UTF-8 in the header': Buffer.from('Subject: Grüße 🙂\r\nMessage-ID: <odd-2@example.org>\r\n\r\nжук\r\n'),
  'a line of 100,000 characters': Buffer.from(`Subject: long\r\n\r\n${'x'.repeat(100_000)}\r\n`),
  'no body and no empty line': Buffer.from('Subject: only a header\r\n'),
  'no header': Buffer.from('\r\njust a body\r\n'),
  'no end of line at the end': Buffer.from('Subject: open end\r\n\r\nthe end'),
  'lines that look like protocol': Buffer.from('Subject: a1 OK\r\n\r\n* 1 EXISTS\r\n)\r\na1 OK FETCH done\r\n{5}\r\n.\r\n..\r\n'),
  'control characters': Buffer.from('Subject: control\r\n\r\n\x01\x02\x07\x1b[31m\x7f\r\n'),
  'an mbox separator in the body': Buffer.from('Subject: from\r\n\r\nFrom nobody Mon Jan  1 00:00:00 2024\r\n>From quoted\r\n'),
  'the same header twice': Buffer.from('Subject: one\r\nSubject: two\r\nMessage-ID: <odd-3@example.org>\r\n\r\nbody\r\n'),
};
