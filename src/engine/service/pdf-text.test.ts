import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { mutants } from '../../../test/kit/mutator.ts';
import { brokenPdfs, callingPdfs, pdfBomb, pdfSaying } from '../../../test/kit/pdf.ts';
import { silentLog } from '../kernel/log.ts';
import { pdfText } from './pdf-text.ts';
import { TextThread } from './text-thread.ts';

const most = 1000;

function reader(): TextThread {
  const thread = new TextThread({
    textThread: new URL('../text-worker.ts', import.meta.url),
    clock: fakeClock(),
    log: silentLog,
  });
  onTestFinished(() => thread.end());
  return thread;
}

it('says what stands on its pages, in their order, and ends where enough is read', async () => {
  expect(await pdfText(pdfSaying(['Gr\xfc\xdfe vom Hafen', 'next']), most)).toBe('Grüße vom Hafen\nnext');
  expect(await pdfText(pdfSaying(['one two', 'three']), 5)).not.toContain('three');
  const pages = Array.from({ length: 230 }, (_, page) => `page${page}`);
  const text = await pdfText(pdfSaying(pages), 100_000);
  expect(text).toContain('page199');
  expect(text).not.toContain('page200');
});

it('whatever it wants of who opens it, it is read and nothing else: nobody is called, and no script runs', async () => {
  const calls: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    calls.push(url);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fetch(`${at}/control`, { headers: { connection: 'close' } });
  const thread = reader();
  for (const [name, bytes] of Object.entries(callingPdfs(at))) {
    expect(await pdfText(bytes, most), name).toBe('herring');
    expect(await thread.read({ kind: 'file', name: `${name}.pdf`, bytes }), name).toBe('herring');
  }
  expect(Object.hasOwn(globalThis, 'ran')).toBe(false);
  expect(calls).toEqual(['/control']);
});

it.each(Object.entries(brokenPdfs))('one that %s says nothing', async (_, bytes) => {
  expect(await pdfText(bytes, most)).toBe('');
});

it('no mutation of one fails, and a bomb gives a text of bounded length', async () => {
  const seed = Number(process.env['STRATA_SEED'] ?? 12);
  const specimens = [pdfSaying(['one', 'two']), ...Object.values(callingPdfs('http://127.0.0.1:1'))];
  for (const mutant of mutants(specimens, seed, 100)) expect((await pdfText(mutant, most)).length).toBeLessThan(2 * most);
  expect(await pdfText(pdfBomb(20_000_000), most)).toBe('');
});

it('is found in a file and at the end of a message, beside what the message itself says', async () => {
  const bytes = pdfSaying(['mackerel']);
  const mail = (pdf: Uint8Array, type: string): Buffer =>
    Buffer.from(
      [
        'Content-Type: multipart/mixed; boundary=x\n\n--x\n\nsee the plan\n',
        `--x\nContent-Type: ${type}; name=plan.pdf\nContent-Transfer-Encoding: base64\n\n`,
        `${Buffer.from(pdf).toString('base64').replace(/.{76}/g, '$&\n')}\n--x--\n`,
      ].join(''),
    );
  const thread = reader();
  for (const type of ['application/pdf', 'application/octet-stream']) {
    expect(await thread.read({ kind: 'message', name: '1', bytes: mail(bytes, type) })).toMatch(
      /see the plan\s+plan.pdf\s+mackerel/,
    );
  }
  for (const broken of Object.values(brokenPdfs)) {
    expect(await thread.read({ kind: 'message', name: '1', bytes: mail(broken, 'application/pdf') })).toContain('see the plan');
  }
});
