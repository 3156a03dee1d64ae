import { spawn } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { openProfileStore } from '../../src/engine/catalog/index.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import type { ChannelId } from '../../src/shared/domain/ids.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { HttpSink } from '../kit/sinks/http-sink.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, seed } from './tier.ts';

const kills = inTier({ quick: 12, full: 150 });
const channel = 'hook0000000000000000' as ChannelId;
const child = new URL('./alert-child.ts', import.meta.url).pathname;

/** Starts the child, lets `until` decide when it is killed, and gives what it said. */
function runChild(words: readonly string[], until: (kill: () => void) => void): Promise<string> {
  const started = spawn(process.execPath, [child, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  started.stdout.on('data', (text: Buffer) => (said += text.toString()));
  until(() => started.kill('SIGKILL'));
  return new Promise((resolve) => started.once('close', () => resolve(said)));
}

/** What a killed process left to be sent. */
function outstanding(folder: string): string[] {
  const store = openProfileStore({ path: `${folder}/state.sqlite`, files: new NodeFileSystem() });
  try {
    store.alerts.retryNow(channel, Date.now());
    return store.alerts.due(channel, Number.MAX_SAFE_INTEGER).map(({ alert }) => alert.cause);
  } finally {
    store.close();
  }
}

it(`a process that is killed while it tells people loses no message and repeats none that was confirmed (seed ${seed})`, async () => {
  const folder = temporaryFolder();
  const sink = await HttpSink.start();
  onTestFinished(() => sink.stop());
  const random = seededRandom(seed);
  const heard = (): string[] => sink.json.map((body) => (body as { title: string }).title);
  const raised = new Set<string>();
  const violations: string[] = [];
  let next = 1;
  /** Nothing overtakes: what was followed by another message was confirmed, and that was written down, before the other was sent. */
  const confirmed = new Set<string>();
  let judged = 0;
  const judgeHeard = (): void => {
    const all = heard();
    for (; judged < all.length; judged += 1) {
      const [before = '', number = ''] = [all[judged - 1], all[judged]];
      const isFirstOfProcess = judged === begun;
      if (!(isFirstOfProcess && before === number)) confirmed.add(before);
      if (confirmed.has(number)) violations.push(`${number} came after it was confirmed`);
    }
  };
  let begun = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    begun = sink.heard.length;
    const after = begun + 1 + random.below(8);
    const isAnswered = random.below(2) === 0;
    const said = await runChild([folder, sink.url, String(next)], (end) => {
      // Before the answer, or when it may have been read, and written down, or not.
      sink.answer = (_heard, count) => {
        if (count < after) return { status: 200 };
        if (isAnswered) setTimeout(end, random.below(4));
        else end();
        return isAnswered ? { status: 200 } : 'mute';
      };
    });
    for (const [, number = ''] of said.matchAll(/^raised (\d+)$/gm)) raised.add(number);
    const open = new Set(outstanding(folder));
    const lost = [...raised].filter((number) => !open.has(number) && !heard().includes(number));
    violations.push(...lost.map((number) => `${number} is lost`));
    judgeHeard();
    next += 1000;
  }
  begun = sink.heard.length;
  sink.answer = () => ({ status: 200 });
  expect(await runChild([folder, sink.url, 'drain'], () => undefined)).toBe('left 0\n');
  judgeHeard();
  violations.push(...[...raised].filter((number) => !heard().includes(number)).map((number) => `${number} never came`));
  noteProof('real disks', 'SIGKILL while people are told', { cases: kills, kills, violations: violations.length });
  expect(violations).toEqual([]);
  expect(raised.size).toBeGreaterThan(kills);
});
