import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { type Choice, everything } from '../../shared/domain/choice.ts';
import type { SourceId, SurveyId } from '../../shared/domain/ids.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import type { Survey } from '../../shared/domain/survey.ts';
import { MemorySource } from '../backup/testing/memory-source.ts';
import { silentLog } from '../kernel/log.ts';
import { type Engine, openEngine } from './engine.ts';
import { LiveSurvey } from './live-survey.ts';

const nothingKept = {
  status: () => Promise.resolve('unavailable' as const),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

let root: string;
let engine: Engine;
const at = (name: string): string => path.join(root, name);
function put(name: string): void {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), name);
}
const maildir = (exclude: readonly string[] = []): SourceSettings => ({ kind: 'maildir', path: at('mail'), exclude });
const disk: () => SourceSettings = () => ({
  kind: 'files',
  paths: [at('disk')],
  exclude: ['*.tmp'],
  excludeIfPresent: [],
  oneFileSystem: false,
});

beforeEach(async () => {
  root = temporaryFolder();
  engine = await openEngine({ profileDir: at('profile'), keychain: nothingKept, appVersion: '0', log: silentLog });
  for (const name of ['mail/cur/1', 'mail/new/2', 'mail/.Old/cur/3', 'disk/a.txt', 'disk/b.tmp', 'disk/deep/c.txt']) put(name);
  for (const name of ['mail/tmp', 'mail/.Old/new', 'mail/.Old/tmp']) fs.mkdirSync(at(name), { recursive: true });
});
afterEach(() => engine.close('now'));

async function ended(id: SurveyId): Promise<Survey> {
  for (;;) {
    const survey = engine.surveys.show(id);
    if (survey.state !== 'going') return survey;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const draft = (settings: SourceSettings, choice: Partial<Choice> = {}) => ({
  source: null,
  settings,
  secret: null,
  choice: { ...everything, ...choice },
});

describe('a survey of sources that are not there yet', () => {
  it('counts each of them by its own choice, and writes nothing anywhere', async () => {
    const before = fs.readdirSync(root, { recursive: true });
    const id = engine.surveys.begin([draft(maildir(['Old'])), draft(disk(), { exclude: ['deep/', 'nowhere'] })]);
    const { sources, endedAtMs } = await ended(id);
    expect(sources.map(({ state, whole, idle }) => [state, whole.taken.items, whole.skipped, idle])).toEqual([
      ['done', 2, [{ rule: 'source', text: null, items: 1, bytes: 15 }], []],
      [
        'done',
        1,
        [
          { rule: 'pattern', text: '*.tmp', items: 1, bytes: 10 },
          { rule: 'pattern', text: 'deep/', items: 1, bytes: 15 },
        ],
        ['nowhere'],
      ],
    ]);
    expect(endedAtMs).not.toBeNull();
    expect(engine.surveys.folders(id, 1, { below: 1, after: -1, limit: 9 }).map(({ name }) => name)).toEqual(['deep']);
    expect(fs.readdirSync(root, { recursive: true })).toEqual(before);
    expect(engine.parts.store.runs({ job: null, storage: null, kind: null, limit: 9 })).toEqual([]);
  });

  it('says why one failed, and goes on with the others', async () => {
    const away = { ...disk(), paths: [at('away')] } as SourceSettings;
    const { sources, state } = await ended(engine.surveys.begin([draft(away), draft(maildir())]));
    expect(sources.map((one) => [one.state, one.failure?.code])).toEqual([
      ['failed', 'source.missing'],
      ['done', undefined],
    ]);
    expect(state).toBe('done');
  });

  it('asks for a secret where none is at hand, and never shows one that was given', async () => {
    const imap = {
      kind: 'imap',
      host: '127.0.0.1',
      port: 1,
      tls: 'none',
      user: 'anna',
      certificateSha256: null,
      exclude: [],
    } as const;
    const asking = await ended(engine.surveys.begin([draft(imap)]));
    expect(asking.sources[0]?.failure?.code).toMatch(/^source\./);
    const given = await ended(engine.surveys.begin([{ ...draft(imap), secret: 'very secret' }]));
    expect(JSON.stringify(given)).not.toContain('very secret');
  });
});

it('the newest surveys are remembered, and no others', async () => {
  const ids = Array.from({ length: 5 }, () => engine.surveys.begin([draft(maildir())]));
  expect(() => engine.surveys.show(ids[0] as SurveyId)).toThrow(expect.objectContaining({ code: 'name.unknown' }));
  expect((await ended(ids[4] as SurveyId)).state).toBe('done');
});

describe('a survey that goes on', () => {
  const clock = fakeClock();
  const live = (source: MemorySource): LiveSurvey => {
    const target = { id: null as SourceId | null, name: 'Mail', kind: 'maildir' as const, choice: everything, source };
    return new LiveSurvey([target, target], clock, silentLog);
  };
  const filled = (): MemorySource => {
    const source = new MemorySource();
    for (const folder of ['A', 'B', 'C']) source.put(folder, folder, 'text');
    return source;
  };

  it('is stopped when it is told to, and still says what it saw', async () => {
    const source = filled();
    source.beforeFolder = async (folder) => (folder === 'C' ? survey.stop() : undefined);
    const survey = live(source);
    await survey.ended;
    expect(survey.view()).toMatchObject({
      state: 'stopped',
      sources: [{ state: 'stopped', failure: null, whole: { taken: { items: 2 } } }, { state: 'stopped' }],
    });
  });

  it('is stopped when nobody asks for it any more', async () => {
    const source = filled();
    source.beforeFolder = () => clock.advance(40_000);
    const survey = live(source);
    await survey.ended;
    expect(survey.view().state).toBe('stopped');
  });

  it('goes on as long as somebody asks', async () => {
    const source = filled();
    source.beforeFolder = async () => {
      await clock.advance(40_000);
      survey.view();
    };
    const survey = live(source);
    await survey.ended;
    expect(survey.view().state).toBe('done');
  });
});
