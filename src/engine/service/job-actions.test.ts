import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HttpSink } from '../../../test/kit/sinks/http-sink.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { CommandDeed, WebhookDeed } from '../../shared/domain/action.ts';
import type { ActionId, JobId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { silentLog } from '../kernel/log.ts';
import type { ActionDefinition } from './action-book.ts';
import { type Engine, openEngine } from './engine.ts';
import { logTail } from './run-log-tail.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const kept = new Map<string, string>();
const keychain = {
  status: () => Promise.resolve('available' as const),
  read: (account: string) => Promise.resolve(kept.get(account)),
  write: (account: string, secret: string) => Promise.resolve(void kept.set(account, secret)),
  remove: (account: string) => Promise.resolve(void kept.delete(account)),
};
const password = 'correct horse battery';

let root: string;
let engine: Engine;
let storage: StorageId;
let source: SourceId;
let job: JobId;
let sink: HttpSink;

const at = (name: string): string => path.join(root, name);
const open = (profile = 'profile'): Promise<Engine> =>
  openEngine({ profileDir: at(profile), keychain, appVersion: '0', log: silentLog });

beforeEach(async () => {
  kept.clear();
  root = temporaryFolder();
  sink = await HttpSink.start();
  fs.mkdirSync(at('files'));
  fs.writeFileSync(at('files/letter.txt'), 'Dear Ada');
  engine = await open();
  storage = (await engine.storages.create({ name: 'S', path: at('storage'), password, keepInKeychain: true })).id;
  const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  source = (await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false })).id;
  job = engine.jobs.create({ name: 'J', sources: [source], storage, schedule: { mode: 'manual' } }).id;
});
afterEach(async () => {
  await engine.close('now');
  await sink.stop();
});

const line = (program: string): CommandDeed => ({ kind: 'command', program, arguments: [], shell: true, folder: root });
const hook = (more: Partial<WebhookDeed> = {}): WebhookDeed => ({
  ...{ kind: 'webhook', url: `${sink.url}/hook`, method: 'POST', headers: [], body: '', verifiesTls: true },
  ...more,
});
async function add(
  name: string,
  deed: ActionDefinition['deed'],
  more: Partial<ActionDefinition> = {},
  secrets: Record<string, string> = {},
): Promise<ActionId> {
  const usual = { name, when: 'before', onFailure: 'stop', timeoutSeconds: 20, isOn: true, deed } as const;
  return (await engine.actions.put({ job, id: null, definition: { ...usual, ...more }, secrets, keepInKeychain: true })).id;
}
const run = async (): Promise<Run> =>
  (await engine.parts.runs.ended(await engine.jobs.run(job, 'person'))) ?? expect.unreachable();
const steps = ({ steps: all }: Run): string[] =>
  all.filter(({ kind }) => kind === 'before' || kind === 'after').map(({ kind, name, state }) => `${kind} ${name} ${state}`);
const log = ({ id }: Run): string => JSON.stringify(engine.parts.store.log(id, 0, 1000));
const written = (): string => (fs.existsSync(at('written')) ? fs.readFileSync(at('written'), 'utf8') : '');
const note = (word: string): CommandDeed => line(`echo ${word} >> written`);

describe('what is done around a run', () => {
  it('is done in its order, before and after by how it ended, each a step of its own', async () => {
    await add('dump', line('echo "dumping $STRATA_JOB"; echo before >> written; cp written files/dump'));
    await add('good', note('success'), { when: 'after-success', onFailure: 'warn' });
    await add('odd', note('warning'), { when: 'after-warning', onFailure: 'warn' });
    await add('bad', note('failure'), { when: 'after-failure', onFailure: 'warn' });
    await add('always', note('always'), { when: 'always-after', onFailure: 'warn' });
    await add('resting', note('never'), { isOn: false });
    const good = await run();
    expect([good.status, written()]).toEqual(['success', 'before\nsuccess\nalways\n']);
    expect(steps(good)).toEqual(['before dump done', 'after good done', 'after always done']);
    expect(good.counts.new).toBe(2);
    expect(log(good)).toContain('dumping J');

    fs.renameSync(at('files'), at('away'));
    fs.rmSync(at('written'));
    await engine.actions.remove(job, (await engine.actions.list(job))[0]?.id ?? expect.unreachable());
    expect([(await run()).status, written()]).toEqual(['failed', 'failure\nalways\n']);
  });

  it('keeps the run from beginning when what comes before fails and is to stop it, and cleans up all the same', async () => {
    await add('mount', line('echo no disk >&2; exit 3'));
    await add('second', note('second'));
    await add('told', note('failure'), { when: 'after-failure', onFailure: 'warn' });
    await add('unmount', note('always'), { when: 'always-after', onFailure: 'warn' });
    const failed = await run();
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'action.failed', facts: { action: 'mount', code: 3 } } });
    expect(steps(failed)).toEqual(['before mount failed', 'after told done', 'after unmount done']);
    expect([failed.counts.seen, written()]).toEqual([0, 'failure\nalways\n']);
    expect(log(failed)).toContain('no disk');
    expect(engine.parts.store.runs({ job, storage: null, kind: null, limit: 9 })).toHaveLength(1);
  });

  it.each([
    ['before', 'warn', 'warning', ['action.failed']],
    ['before', 'ignore', 'success', []],
    ['after-success', 'warn', 'warning', ['action.failed']],
    ['after-success', 'ignore', 'success', []],
  ] as const)('that fails %s, with %s: the run saves all and says %s', async (when, onFailure, status, codes) => {
    await add('a', line('exit 1'), { when, onFailure });
    await add('b', note('also'), { when, onFailure });
    const ended = await run();
    expect([ended.status, ended.problems.map(({ failure }) => failure.code)]).toEqual([status, codes]);
    expect([ended.counts.new, written()]).toEqual([1, 'also\n']);
  });

  it('is ended with a run that is stopped, and what puts things back is done', async () => {
    await add('slow', line('sleep 300'));
    await add('back', note('always'), { when: 'always-after', onFailure: 'warn' });
    const id = await engine.jobs.run(job, 'person');
    await vi.waitFor(() => expect(engine.parts.store.run(id)?.steps).toMatchObject([{ name: 'slow', state: 'going' }]));
    engine.parts.runs.stop(id, 'now');
    const ended = (await engine.parts.runs.ended(id)) ?? expect.unreachable();
    expect([ended.status, written(), steps(ended)]).toEqual(['stopped', 'always\n', ['before slow stopped', 'after back done']]);
  });

  it('takes no longer than its time', async () => {
    await add('slow', line('sleep 300'), { timeoutSeconds: 1, onFailure: 'warn' });
    const ended = await run();
    expect(ended).toMatchObject({
      status: 'warning',
      problems: [{ failure: { code: 'action.timed-out', facts: { seconds: 1 } } }],
    });
  });

  it('that went on when the engine was killed is said by the next run', async () => {
    await add('dump', line('true'));
    const first = await run();
    const going = first.steps.map((step) => ({ ...step, state: 'going' as const }));
    engine.parts.store.putRun({ ...first, status: 'running', endedAtMs: null, steps: going });
    await engine.close('now');
    engine = await open();
    expect(steps(engine.parts.store.run(first.id) ?? expect.unreachable())).toContain('before dump cut');
    const next = await run();
    expect(next.problems).toMatchObject([{ failure: { code: 'action.was-cut', facts: { action: 'dump' } } }]);
    expect((await run()).problems).toEqual([]);
  });

  it('is handed facts, and nothing that lets in anywhere', async () => {
    process.env['STRATA_PASSWORD'] = password;
    process.env['AWS_SECRET_ACCESS_KEY'] = 'of somebody';
    await add('env', line('env > written'), { when: 'after-success', onFailure: 'warn' });
    await run();
    delete process.env['STRATA_PASSWORD'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    expect(written()).toContain('STRATA_JOB=J\n');
    expect(written()).toContain('STRATA_STATUS=success\n');
    expect(written()).toContain('STRATA_ITEMS_NEW=1\n');
    expect(written()).not.toMatch(/PASSWORD|SECRET|of somebody|correct horse/);
  });

  it('may write anything, and no channel that tells of the run is sent it', async () => {
    await add('loud', line('echo private words'));
    const ended = await run();
    expect(log(ended)).toContain('private words');
    expect(logTail(engine.parts, ended.id)).not.toContain('private words');
  });

  it('has the end of what it wrote in the run’s log, line by line, and little of it however much that is', async () => {
    await add(
      'loud',
      line('i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done; printf "\\033[31mred\\033[0m \\377\\n"'),
    );
    const { id } = await run();
    const lines = engine.parts.store.log(id, 0, 5000);
    expect(lines.find(({ event }) => event === 'action.output-cut')?.facts['bytes']).toBeGreaterThan(100_000);
    const texts = lines.filter(({ event }) => event === 'action.output').map(({ facts }) => String(facts['text']));
    expect(texts.slice(-2)).toEqual(['line 19999', 'red \\xff']);
    expect(texts.length).toBeLessThan(520);
    expect(texts.join('').length).toBeLessThan(64 * 1024 + 4);
  });

  it('comes from the own profile alone: whoever attaches or adopts the storage runs nothing of it', async () => {
    await add('mine', note('mine'), { when: 'after-success', onFailure: 'warn' });
    await run();
    await engine.close('now');
    fs.rmSync(at('written'));
    for (const file of fs.readdirSync(at('storage'), { recursive: true, encoding: 'utf8' })) {
      if (fs.statSync(at(`storage/${file}`)).isFile())
        expect(fs.readFileSync(at(`storage/${file}`)).includes('echo mine'), file).toBe(false);
    }
    kept.clear();
    engine = await open('other');
    const unlock = { by: 'password', password } as const;
    const taken = { name: 'S', path: at('storage'), unlock, keepInKeychain: false, taking: 'adopt' } as const;
    const attached = await engine.storages.attach(taken);
    const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
    const own = await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false });
    job = engine.jobs.create({ name: 'J', sources: [own.id], storage: attached.id, schedule: { mode: 'manual' } }).id;
    expect(await engine.actions.list(job)).toEqual([]);
    const ended = await run();
    expect([steps(ended), written()]).toEqual([[], '']);
  });
});

describe('a request to a web server', () => {
  it('says what happened, by its facts or by a body of one’s own, whatever the names hold', async () => {
    engine.jobs.edit({ id: job, name: 'J "quoted" \\', sources: [source], storage, schedule: { mode: 'manual' } });
    await add('all', hook(), { when: 'after-success', onFailure: 'warn' });
    await add('own', hook({ method: 'PUT', body: '{"text":"{{job}}: {{status}}, {{items_new}} new, {{unknown}}"}' }), {
      when: 'after-success',
      onFailure: 'warn',
    });
    expect((await run()).status).toBe('success');
    expect(sink.heard.map(({ method, path: place }) => `${method} ${place}`)).toEqual(['POST /hook', 'PUT /hook']);
    expect(sink.json).toMatchObject([
      { job: 'J "quoted" \\', status: 'success', items_new: '1', test: '' },
      { text: 'J "quoted" \\: success, 1 new, {{unknown}}' },
    ]);
    expect(sink.heard[0]?.headers['content-type']).toBe('application/json');
  });

  it('keeps the value of a secret header in the keychain alone, and forgets it with its action', async () => {
    const deed = hook({
      headers: [
        { name: 'X-Token', value: null },
        { name: 'X-Kind', value: 'plain' },
      ],
    });
    const id = await add('hook', deed, { when: 'after-success', onFailure: 'warn' }, { 'X-Token': 's3cr3t' });
    expect((await run()).status).toBe('success');
    expect(sink.heard[0]?.headers).toMatchObject({ 'x-token': 's3cr3t', 'x-kind': 'plain' });
    expect([...kept].filter(([account]) => account.startsWith('action/')).map(([, secret]) => secret)).toEqual(['s3cr3t']);
    const [shown] = await engine.actions.list(job);
    const seen = [shown, engine.actions.preview(job, shown ?? expect.unreachable()), engine.parts.store.jobActions()];
    expect(JSON.stringify(seen)).not.toContain('s3cr3t');
    for (const file of fs.readdirSync(at('profile'), { recursive: true, encoding: 'utf8' })) {
      if (fs.statSync(at(`profile/${file}`)).isFile())
        expect(fs.readFileSync(at(`profile/${file}`)).includes('s3cr3t'), file).toBe(false);
    }
    const { id: _id, secretsInKeychain: _kept, missingSecrets: _missing, ...definition } = shown ?? expect.unreachable();
    const more = hook({
      headers: [
        { name: 'X-Token', value: null },
        { name: 'X-Other', value: null },
      ],
    });
    const change = { job, id, definition: { ...definition, deed: more }, secrets: { 'X-Other': 'an0ther' } };
    await engine.actions.put({ ...change, keepInKeychain: false });
    expect([...kept.keys()].filter((account) => account.startsWith('action/'))).toEqual([]);
    expect((await run()).status).toBe('success');
    expect(sink.heard[1]?.headers).toMatchObject({ 'x-token': 's3cr3t', 'x-other': 'an0ther' });
    await engine.actions.put({ ...change, keepInKeychain: true });
    expect([...kept.keys()].filter((account) => account.startsWith('action/'))).toHaveLength(2);
    await engine.actions.remove(job, id);
    expect([...kept.keys()].filter((account) => account.startsWith('action/'))).toEqual([]);
  });

  it('whose secret is lost is not sent without it', async () => {
    const deed = hook({ headers: [{ name: 'X-Token', value: null }] });
    await add('hook', deed, { when: 'after-success', onFailure: 'warn' });
    expect((await run()).problems).toMatchObject([{ failure: { code: 'action.needs-secret', facts: { header: 'X-Token' } } }]);
    expect(sink.heard).toEqual([]);
  });

  it.each([
    [{ status: 500 }, 'action.refused'],
    [{ status: 302, headers: { location: 'https://elsewhere.example/' } }, 'action.refused'],
    ['drop', 'source.unreachable'],
    ['mute', 'source.timed-out'],
  ] as const)('that is answered with %j is %s', async (answer, code) => {
    sink.answer = () => answer;
    await add('hook', hook(), { when: 'after-success', onFailure: 'warn', timeoutSeconds: 1 });
    const ended = await run();
    expect([ended.status, ended.problems.map(({ failure }) => failure.code)]).toEqual(['warning', [code]]);
    expect(sink.heard).toHaveLength(1);
  });

  it.each(['http://example.com/hook', 'ftp://127.0.0.1/', 'https://user:word@example.com/', 'no address', 'file:///etc/passwd'])(
    'goes to no address like %s',
    async (url) => {
      await expect(add('hook', hook({ url }))).rejects.toMatchObject({ code: 'action.address' });
      expect(await engine.actions.list(job)).toEqual([]);
    },
  );
});

describe('an action', () => {
  it('is shown as it would be run, and is run as it is shown', async () => {
    const words = ['$(id)', 'two words', '*'];
    const deed: CommandDeed = { kind: 'command', program: '/bin/echo', arguments: words, shell: false, folder: null };
    const definition = { name: 'a', when: 'before', onFailure: 'stop', timeoutSeconds: 5, isOn: true, deed } as const;
    expect(engine.actions.preview(job, definition)).toMatchObject({
      words: ['/bin/echo', ...words],
      environment: { STRATA_JOB: 'J', STRATA_TEST: '1' },
    });
    const tried = await engine.actions.tryIt(job, await add('a', deed));
    expect(tried).toMatchObject({ failure: null, output: '$(id) two words *\n', droppedBytes: 0 });
    expect(await engine.actions.tryIt(job, await add('b', { ...deed, program: at('none') }))).toMatchObject({
      failure: { code: 'action.not-found' },
    });
    expect(engine.parts.store.runs({ job, storage: null, kind: null, limit: 1 })).toEqual([]);
  });

  it('has a name of its own, and stops nothing that is over', async () => {
    await add('Dump', line('true'));
    await expect(add('dump', line('true'))).rejects.toMatchObject({ code: 'name.taken' });
    await expect(add('x', line('true'), { when: 'after-success' })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('keeps its place when it is changed, and goes with its job', async () => {
    const [first] = [await add('a', line('true')), await add('b', line('true'))];
    const [before] = engine.actions.of(job);
    const { id: _id, secretsInKeychain: _kept, ...definition } = before ?? expect.unreachable();
    await engine.actions.put({ job, id: first, definition: { ...definition, name: 'c' }, secrets: {}, keepInKeychain: false });
    expect(engine.actions.of(job).map(({ name }) => name)).toEqual(['c', 'b']);
    engine.jobs.remove(job);
    await engine.actions.forget(job);
    expect(engine.parts.store.jobActions()).toEqual([]);
  });
});
