import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { Catalog } from '../catalog.ts';
import type { FindQuery } from '../shown.ts';
import { CommitChain, folderOf, item, manifestOf, nextOf, rawContent } from '../testing/commits.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

const startMs = Date.UTC(2025, 5, 1);
const folder = (name: string, parent: Manifest | null): Manifest =>
  folderOf({ item: item(`folder ${name}`), folder: parent?.item ?? null, name, validFromMs: startMs });
const root = folder('', null);
const inbox = folder('Inbox', root);
const projects = folder('Projects', inbox);
const message = (name: string, fields: Partial<Manifest> = {}): Manifest =>
  manifestOf({ item: item(name), folder: inbox.item, name, kind: 'message', validFromMs: startMs, ...fields });

const offer = message('1', {
  summary: {
    title: 'Angebot: Über die Brücke',
    from: 'Bob Smith <bob@example.org>',
    to: 'anna@test.example',
    timeMs: Date.UTC(2024, 2, 5),
    hasAttachment: true,
  },
});
const answer = message('2', {
  folder: projects.item,
  summary: { title: 'Re: angebot', from: 'Anna <anna@test.example>', to: 'bob@example.org', timeMs: Date.UTC(2024, 2, 7) },
  contents: [rawContent('large', 5_000_000)],
});
const report = message('report-2024.pdf', { kind: 'file', key: 'report-2024.pdf', contents: [rawContent('r', 100)] });

function filled(): Catalog {
  const catalog = openTestCatalog();
  catalog.apply(new CommitChain().next([root, inbox, projects, offer, answer, report]));
  return catalog;
}
const search = (catalog: Catalog, text: string, fields: Partial<FindQuery> = {}): string[] =>
  catalog.find({ text, atMs: null, deleted: false, kind: null, limit: 100, ...fields }).map(({ name }) => name);

describe('searching', () => {
  it.each([
    ['angebot', ['2', '1']],
    ['an', ['2', '1']],
    ['ang brü', ['1']],
    ['uber bruck', ['1']],
    ['ÜBER', ['1']],
    ['from:bob', ['1']],
    ['to:bob', ['2']],
    ['bob@example.org', ['2', '1']],
    ['from:bob@exam', ['1']],
    ['subject:bob', []],
    ['"die brücke"', ['1']],
    ['"brücke die"', []],
    ['"ange"', []],
    ['pdf', ['report-2024.pdf']],
    ['report-2024', ['report-2024.pdf']],
    ['angebot in:inbox', ['2', '1']],
    ['angebot in:inbox/projects', ['2']],
    ['angebot in:pro', []],
    ['in:projects', ['2']],
    ['angebot before:2024-03-06', ['1']],
    ['angebot after:2024-03-06', ['2']],
    ['larger:1M', ['2']],
    ['has:attachment', ['1']],
    ['kind:file', ['report-2024.pdf']],
    ['kind:file angebot', []],
    ['is:vanished', []],
    ['inbox', ['Inbox']],
    ['???', []],
    ['nosuchword', []],
  ])('%s', (text, expected) => expect(search(filled(), text)).toEqual(expected));

  it('limits the hits to the newest items, and to a kind', () => {
    const catalog = filled();
    expect(search(catalog, 'angebot', { limit: 1 })).toEqual(['2']);
    expect(search(catalog, '', { kind: 'file' })).toEqual(['report-2024.pdf']);
  });

  it('finds what an item was called at the moment, not before and not after', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root, inbox, report]));
    const renamed = nextOf(report, { change: 'moved', name: 'bilanz.pdf', key: 'bilanz.pdf', summary: { title: 'bilanz.pdf' } });
    catalog.apply(chain.next([renamed]));
    expect(search(catalog, 'bilanz')).toEqual(['bilanz.pdf']);
    expect(search(catalog, 'report')).toEqual([]);
    expect(search(catalog, 'report', { atMs: startMs })).toEqual(['report-2024.pdf']);
    expect(search(catalog, 'bilanz', { atMs: startMs })).toEqual([]);
    expect(search(catalog, 'pdf')).toEqual(['bilanz.pdf']);
  });

  it('says when an item was first seen, whatever version of it is the newest', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const changed = nextOf(offer, { change: 'content', validFromMs: startMs + 5000, contents: [rawContent('other', 10)] });
    catalog.apply(chain.next([root, inbox, projects, offer, answer]));
    catalog.apply(chain.next([changed]));
    catalog.apply(chain.next([nextOf(changed, { change: 'deleted', validFromMs: startMs + 9000 })]));
    const rows = catalog.find({ text: 'angebot', atMs: null, deleted: true, kind: null, limit: 10 });
    expect(
      rows.map(({ name, firstSeenMs, validFromMs, vanishedAtMs }) => [name, firstSeenMs, validFromMs, vanishedAtMs]),
    ).toEqual([
      ['2', startMs, startMs, null],
      ['1', startMs, startMs + 5000, startMs + 9000],
    ]);
  });

  it('finds what vanished when it is asked to, as it was last', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root, inbox, projects, offer, answer]));
    const gone = nextOf(offer, { change: 'deleted' });
    catalog.apply(chain.next([gone]));
    expect(search(catalog, 'angebot')).toEqual(['2']);
    expect(search(catalog, 'angebot', { deleted: true })).toEqual(['2', '1']);
    expect(search(catalog, 'angebot is:vanished')).toEqual(['1']);
    expect(search(catalog, 'is:vanished')).toEqual(['1']);
    expect(search(catalog, 'angebot is:vanished', { atMs: startMs })).toEqual([]);
    expect(search(catalog, 'angebot', { atMs: startMs })).toEqual(['2', '1']);
    const [row] = catalog.find({ text: 'is:vanished', atMs: null, deleted: false, kind: null, limit: 1 });
    expect(row).toMatchObject({
      version: 1,
      versions: 2,
      deleted: true,
      vanishedAtMs: gone.validFromMs,
      hasAttachment: true,
      folderPath: 'Inbox',
    });
    const [then] = catalog.find({ text: 'brücke', atMs: startMs, deleted: false, kind: null, limit: 1 });
    expect(then).toMatchObject({ deleted: false, vanishedAtMs: gone.validFromMs });
  });

  it('takes whatever is typed as text, never as a query language', () => {
    const catalog = filled();
    const hostile = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom('"', '*', 'NEAR(', ')', 'AND', 'OR', 'NOT', '{title}', ':', '^', '+', '-', "'", 'a', 'from:', '\0'),
          { maxLength: 12 },
        )
        .map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        expect(search(catalog, text).length).toBeLessThanOrEqual(4);
      }),
      { numRuns: 300 },
    );
  });
});
