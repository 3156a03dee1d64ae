import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { HttpSink } from '../kit/sinks/http-sink.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Step {
  readonly kind: string;
  readonly name: string;
  readonly state: string;
}

it('a job on the command line does what is wanted before and after, says why it ran, what followed, and whether it could run', async () => {
  const folder = temporaryFolder();
  const strata = new Strata(`${folder}/profile`);
  const sink = await HttpSink.start();
  onTestFinished(() => sink.stop());
  const run = async (...words: string[]) => {
    const answer = await strata.run(words);
    return { ...answer, text: answer.out + answer.err };
  };
  mkdirSync(`${folder}/letters`);
  writeFileSync(`${folder}/letters/one.txt`, 'Dear reader');
  writeFileSync(`${folder}/token`, 's3cr3t\n');
  await run('storage', 'create', `${folder}/storage`, '--name', 'Shelf', '--recovery-key', `${folder}/key`);
  await run('source', 'add', 'files', 'Letters', '--path', `${folder}/letters`);
  await run('job', 'create', 'Mail', '--source', 'Letters', '--storage', 'Shelf');

  const add = (...words: string[]) => run('job', 'action', 'add', 'Mail', ...words);
  expect(await add('Nothing')).toMatchObject({ code: 2 });
  expect((await add('Dump', '--folder', folder, '--', '/bin/cp', 'token', 'letters/$(id) *')).code).toBe(0);
  const hook = ['--url', `${sink.url}/hook`, '--body', '{"text":"{{job}}: {{status}}"}', '--when', 'always-after'];
  expect((await add('Hook', ...hook)).code).toBe(0);
  // Without a keychain its value ends with this process: what lacks it is not sent, and the run says so.
  const kept = await add('Secret', ...hook, '--secret-header', `X-Token=${folder}/token`);
  expect(kept).toMatchObject({ code: 0, err: expect.stringContaining('There is no keychain here') as string });
  const listed = await run('job', 'action', 'list', 'Mail');
  expect(listed.out).toContain("/bin/cp token 'letters/$(id) *'");
  expect((await run('job', 'action', 'list', 'Mail', '--json')).text).not.toContain('s3cr3t');

  const tried = await run('job', 'action', 'test', 'Mail', 'Dump', '--dry-run');
  expect(tried.out).toContain("Runs: /bin/cp token 'letters/$(id) *'");
  expect(existsSync(`${folder}/letters/$(id) *`)).toBe(false);

  expect(await run('job', 'check', 'Mail')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/It can run now\.\n$/) as string,
  });
  const warned = await run('job', 'run', 'Mail');
  expect(warned.code).toBe(3);
  expect(sink.heard).toHaveLength(1);
  expect((await run('job', 'action', 'remove', 'Mail', 'Secret')).code).toBe(0);
  expect((await run('job', 'run', 'Mail')).code).toBe(0);
  expect(readFileSync(`${folder}/letters/$(id) *`, 'utf8')).toBe('s3cr3t\n');
  expect(sink.heard[1]).toMatchObject({ body: '{"text":"Mail: success"}' });

  const [last] = (await strata.run(['run', 'list', '--json'])).json<{ id: string; cause: unknown }[]>();
  expect(last?.cause).toEqual({ reason: 'hand', for: null, retry: null });
  const shown = await run('run', 'show', last?.id ?? '');
  expect(shown.out).toMatch(/Began .* by hand\.\n/);
  expect(shown.out).toContain('Before: Dump: done\n');
  // What of the storage is read back is not known here: without a keychain it is locked again.
  const { steps } = (await strata.run(['run', 'show', last?.id ?? '', '--json'])).json<{ steps: Step[] }>();
  expect(steps.map(({ kind, name, state }) => `${kind} ${name} ${state}`)).toEqual([
    'before Dump done',
    'retention  nothing',
    'after Hook done',
    'notice  nothing',
    'next  nothing',
  ]);

  renameSync(`${folder}/letters`, `${folder}/away`);
  const refused = await run('job', 'check', 'Mail');
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/no +The source “Letters” answers .*\[source\.missing\]\n/);
  expect((await run('job', 'action', 'edit', 'Mail', 'Dump', '--on-failure', 'ignore', '--off')).code).toBe(0);
  expect((await run('job', 'action', 'remove', 'Mail', 'Hook')).code).toBe(0);
  expect((await run('job', 'action', 'list', 'Mail', '--json')).text).toContain('"isOn": false');
});
