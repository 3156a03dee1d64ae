import { describe, expect, it } from 'vitest';
import { mutants } from '../../../test/kit/mutator.ts';
import { attachmentOf, kindOf, takeApart } from './attachments.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text.replaceAll('\n', '\r\n'));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

const forwarded = `Subject: inner
Content-Type: multipart/mixed; boundary=in

--in
Content-Type: text/plain

as you asked
--in
Content-Type: text/vcard; name=carla.vcf
Content-Disposition: attachment; filename=carla.vcf

BEGIN:VCARD
FN:Carla
END:VCARD
--in--
`;
/** Deeper than any mail program makes: its parser gives up. */
const deep = Array.from({ length: 60 }, (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`).join(
  '',
);
const message = bytesOf(`Subject: outer
Content-Type: multipart/mixed; boundary=out

--out
Content-Type: text/plain

see below
--out
Content-Type: application/octet-stream; name=plan.bin
Content-Transfer-Encoding: base64

AAECAw==
--out
Content-Type: message/rfc822

${forwarded}
--out
Content-Type: text/plain; name=raw.txt
Content-Disposition: attachment; filename=raw.txt

${forwarded}
--out
Content-Type: message/rfc822
Content-Disposition: attachment; filename=deep.eml
Content-Transfer-Encoding: base64

${Buffer.from(deep).toString('base64')}
--out--
`);

describe('What hangs at a message', () => {
  it('is had by itself, byte for byte, also where it hangs at a message that hangs there', async () => {
    const plan = await attachmentOf(message, [0]);
    expect({ ...plan, bytes: [...plan.bytes] }).toEqual({
      name: 'plan.bin',
      type: 'application/octet-stream',
      bytes: [0, 1, 2, 3],
    });
    const inner = await attachmentOf(message, [1]);
    expect(inner.type).toBe('message/rfc822');
    expect((await takeApart(inner.bytes)).message.subject).toBe('inner');
    const card = await attachmentOf(message, [1, 0]);
    expect(card.name).toBe('carla.vcf');
    expect(textOf(card.bytes)).toContain('FN:Carla');
    expect((await attachmentOf(message, [])).bytes).toBe(message);
  });

  it('does not show up in what the message itself says', async () => {
    expect((await takeApart(message)).message.text?.trim()).toBe('see below');
  });

  it.each([[[4]], [[0, 0]], [[1, 1]], [[1, 0, 0]], [[2, 0]], [[3, 0]]])('is not there at %j, which is said', async (within) => {
    const name = within.map((index) => index + 1).join('.');
    await expect(attachmentOf(message, within)).rejects.toMatchObject({
      code: 'name.unknown',
      facts: { kind: 'attachment', name },
    });
  });

  it('is there or is not, whatever the bytes are', async () => {
    for (const mutant of mutants([message], Number(process.env['STRATA_SEED'] ?? 7), 200)) {
      const found = await attachmentOf(mutant, [1, 0]).catch((error: unknown) => error);
      expect(found).toSatisfy(
        (one) => one instanceof Object && ('bytes' in one || (one as { code?: unknown }).code === 'name.unknown'),
      );
    }
  });

  it('is read as what it says that it is, or else by its ending', () => {
    const kind = (name: string, type: string) => kindOf({ name, type });
    expect(kind('', 'message/rfc822')).toBe('message');
    expect(kind('a.ICS', 'application/octet-stream')).toBe('event');
    expect(kind('invitation', 'application/ics')).toBe('event');
    expect(kind('', 'text/x-vcard')).toBe('contact');
    expect(kind('plan.pdf', 'application/pdf')).toBe('file');
  });
});
