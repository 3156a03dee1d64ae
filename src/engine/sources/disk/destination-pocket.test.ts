import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import type { RestoreItem } from '../destination.ts';
import { madeItem } from '../testing/capture.ts';
import { destinationSuite } from '../testing/destination-suite.ts';
import { testRun } from '../testing/test-run.ts';
import { pocketDestination, type PocketPlace } from './destination-pocket.ts';
import { type PocketEntry, pocketLimits, pocketPage, readPocketPage } from './pocket-page.ts';
import { htmlText } from './pocket-text.ts';

const files = new NodeFileSystem();
const mail = (n: number, folderPath: readonly string[], bytes?: Uint8Array, title = `Message ${n}`): RestoreItem =>
  madeItem({
    n,
    kind: 'message',
    name: `1:${n}`,
    folderPath,
    metadata: { internalDate: '2026-03-01T10:00:00.000Z' },
    summary: { title, from: 'Bob <bob@x.example>', timeMs: Date.UTC(2026, 1, 28) },
    bytes: bytes ?? Buffer.from(`Subject: message ${n}\r\n\r\nSays ${n}\r\n`),
  });
const entry = (title: string, text: string): PocketEntry => {
  const place = { path: ['items', title], kind: 'file', folder: '', from: '', to: '' };
  return { ...place, title, timeMs: null, sizeBytes: 1, text };
};
const filesBelow = (root: string): string[] => {
  if (!fs.existsSync(root)) return [];
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
};

destinationSuite('pocket', async () => {
  const root = path.join(temporaryFolder(), 'archive');
  return {
    destination: pocketDestination({ files, path: root }),
    item: mail,
    contents: async () =>
      filesBelow(root)
        .filter((file) => file !== path.join(root, 'index.html'))
        .map((file) => fs.readFileSync(file)),
    namesCollide: true,
    close: async () => undefined,
  };
});

describe('a pocket archive', () => {
  let root: string;
  let page: string;
  beforeEach(() => {
    root = path.join(temporaryFolder(), 'archive');
    page = path.join(root, 'index.html');
  });
  const put = async (items: readonly RestoreItem[], place: Partial<PocketPlace> = {}) => {
    const run = testRun();
    const session = await pocketDestination({ files, path: root, ...place }).open(run);
    try {
      for (const item of items) if ((await session.probe(item, run)) === 'absent') await session.write(item, 'create', run);
      await session.finish(run);
    } finally {
      await session.close();
    }
    return run;
  };
  const listed = () => readPocketPage(fs.readFileSync(page, 'utf8')) ?? [];

  it('lists each item with what it says and where its file lies, whose bytes are equal', async () => {
    const event = madeItem({
      kind: 'event',
      name: 'e',
      summary: { title: 'Meeting' },
      bytes: Buffer.from('BEGIN:VCALENDAR\r\n'),
    });
    const contact = madeItem({ kind: 'contact', name: 'c', summary: { title: 'Ines' }, bytes: Buffer.from('BEGIN:VCARD\r\n') });
    const file = madeItem({ name: 'plan.txt', folderPath: ['Docs'], bytes: Buffer.from('the plan') });
    const items = [mail(1, ['Work']), event, contact, file];
    await put(items);
    const entries = listed();
    expect(entries.map(({ title, text }) => [title, text])).toEqual([
      ['Message 1', 'Says 1'],
      ['Meeting', 'BEGIN:VCALENDAR'],
      ['Ines', 'BEGIN:VCARD'],
      ['plan.txt', 'the plan'],
    ]);
    expect(entries.map(({ path: names }) => path.extname(names.at(-1) ?? ''))).toEqual(['.eml', '.ics', '.vcf', '.txt']);
    for (const [at, { content }] of items.entries()) {
      const whole: Uint8Array[] = [];
      for await (const chunk of content?.() ?? []) whole.push(chunk);
      expect(fs.readFileSync(path.join(root, ...(entries[at]?.path ?? [])))).toEqual(Buffer.concat(whole));
    }
  });

  it('goes on listing what came before, and what was there already', async () => {
    await put([mail(1, ['Work'])], { below: 'anna' });
    await put([mail(2, ['Work'])], { below: 'office' });
    expect(listed().map(({ path: names, folder }) => [names[1], folder])).toEqual([
      ['anna', 'anna/Work'],
      ['office', 'office/Work'],
    ]);
    fs.rmSync(page);
    await put([mail(2, ['Work'])], { below: 'office' });
    expect(listed().map(({ text }) => text)).toEqual(['Says 2']);
  });

  it('says how many it does not list once its page is full, and keeps their files', async () => {
    const many = Array.from({ length: pocketLimits.entries }, (_, n) => entry(`${n}`, n === 0 ? 'long '.repeat(4000) : ''));
    fs.mkdirSync(root);
    fs.writeFileSync(page, [...pocketPage(many, 0, '')].join(''));
    const run = await put([mail(1, [])]);
    expect(run.problems.map(({ failure }) => failure)).toMatchObject([
      { code: 'restore.page-full', facts: { count: 1, limit: 50_000 } },
    ]);
    expect(listed()).toHaveLength(pocketLimits.entries);
    expect(fs.readFileSync(page, 'utf8')).toContain('data-unlisted="1"');
    expect(filesBelow(path.join(root, 'items'))).toHaveLength(1);
  });

  it('lists without their texts what comes when all texts are as long as a page can be', async () => {
    const long = 'x'.repeat(20_000);
    const many = Array.from({ length: pocketLimits.textCharacters / long.length }, (_, n) => entry(`${n}`, long));
    fs.mkdirSync(root);
    fs.writeFileSync(page, [...pocketPage(many, 0, '')].join(''));
    await put([mail(1, [])]);
    const entries = listed();
    expect(entries.slice(-2).map(({ title, text }) => [title, text.length])).toEqual([
      [`${many.length - 1}`, long.length],
      ['Message 1', 0],
    ]);
  });

  it('leaves a page that is not its own as it is, and begins nothing', async () => {
    for (const foreign of ['<h1>my own</h1>', '<!doctype html>\n<!-- Strata pocket archive 1 -->\nbroken']) {
      fs.mkdirSync(root, { recursive: true });
      fs.writeFileSync(page, foreign);
      await expect(put([mail(1, [])])).rejects.toMatchObject({ code: 'restore.page-in-the-way' });
      expect(fs.readFileSync(page, 'utf8')).toBe(foreign);
      expect(filesBelow(root)).toEqual([page]);
    }
    fs.rmSync(page);
    const elsewhere = path.join(path.dirname(root), 'elsewhere');
    fs.writeFileSync(elsewhere, 'mine');
    fs.symlinkSync(elsewhere, page);
    await expect(put([mail(1, [])])).rejects.toMatchObject({ code: 'restore.page-in-the-way' });
    expect(fs.readFileSync(elsewhere, 'utf8')).toBe('mine');
  });

  it('keeps what anybody writes inside the list: no text ends it, and no path of a changed page leads out', async () => {
    const nasty = '</script><script>owned=1</script><!--';
    await put([mail(1, [nasty], Buffer.from(`Subject: x\r\n\r\n${nasty}\r\n`), nasty)]);
    const text = fs.readFileSync(page, 'utf8');
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/<\/script/g)).toHaveLength(2);
    expect(listed()).toMatchObject([{ title: nasty, text: nasty, folder: nasty }]);
    for (const names of ['["items","..","..","etc"]', '["/etc"]', '["items","a/b"]', '"items"']) {
      expect(readPocketPage(text.replace(/^\[\[.*?\],/m, `[${names},`))).toBeUndefined();
    }
  });

  it('is whole whenever the system fails: the page before, the new one, or none', async () => {
    await put([mail(1, [])]);
    const before = fs.readFileSync(page, 'utf8');
    for (let limit = 0; ; limit += 1) {
      fs.writeFileSync(page, before);
      const failing = failingAfter(limit);
      try {
        await put([mail(2, [])], { files: failing.files });
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      const now = readPocketPage(fs.readFileSync(page, 'utf8'));
      expect([1, 2]).toContain(now?.length);
      if (!failing.hasFailed()) {
        expect(now).toHaveLength(2);
        break;
      }
    }
    await put([mail(2, [])]);
    expect(filesBelow(root).filter((file) => file.endsWith('.part'))).toEqual([]);
  });
});

/** A disk that does nothing more after so many changes, as a program that was killed. */
function failingAfter(limit: number): { readonly files: FileSystem; readonly hasFailed: () => boolean } {
  let changes = 0;
  const counted = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...values: unknown[]): unknown => {
          const isChange = ['open', 'write', 'sync', 'link', 'rename', 'unlink', 'makeDirectory', 'setTimes', 'setMode'].includes(
            String(name),
          );
          if (isChange && ++changes > limit) throw Object.assign(new Error('EIO'), { code: 'EIO' });
          const result: unknown = Reflect.apply(value, target, values);
          return name === 'open' ? counted(result as object) : result;
        };
      },
    });
  return { files: counted<FileSystem>(new NodeFileSystem()), hasFailed: () => changes > limit };
}

describe('the words of HTML', () => {
  it.each([
    ['<p>Hi &amp; <b>you</b></p><style>p { }</style><script>alert(1)</script>bye', '\nHi & you\nbye'],
    ['1 < 2 &lt;b&gt; &#x41;&#66;&nbsp;', '1 < 2 <b> AB '],
    ['<!-- a > b -->seen<!-- never ends', 'seen'],
    ['<script>never ends', ''],
    ['&#0;&#1114112;&#xd800;&nothing;', '\ufffd\ufffd\ufffd&nothing;'],
  ])('%s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it('are had of anything, and in time that grows as the text does', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: fc.constantFrom(...'<>/!-&;#x1 pscrit\n"=') }),
        (html) => typeof htmlText(html) === 'string',
      ),
    );
    for (const part of ['<script>', '<', '<!--', '<a', '&#', '<style></', '\n ']) {
      const started = performance.now();
      htmlText(part.repeat(1_000_000 / part.length));
      expect(performance.now() - started).toBeLessThan(3000);
    }
  });
});
