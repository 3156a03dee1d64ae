// Leaves out one step after the other and says what the trials notice, one line of JSON for each: {name, noticed, seconds}.
//   node test/crash/steps/run-steps.ts [quick] [part of a name]
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { steps } from './index.ts';
import { removed, type Step } from './step.ts';
import type { tried as tryStep } from './trials/index.ts';

const root = join(import.meta.dirname, '../../..');
const mark = 'without=';
const sodiumFile = 'src/engine/crypto/open-sodium.ts';
const sodiumUrl = pathToFileURL(join(root, sodiumFile)).href;

/** Everything that is loaded for a step is loaded anew, with its number in the address; its file without it. */
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const number = numberIn(context.parentURL);
    const isOurs = found.url.startsWith(pathToFileURL(root).href) && found.url.endsWith('.ts');
    return number === undefined || !isOurs ? found : { ...found, url: `${found.url}?${mark}${number}` };
  },
  load(url, context, next) {
    const step = steps[Number(numberIn(url))];
    if (url.startsWith(sodiumUrl)) return { format: 'module-typescript', shortCircuit: true, source: rememberingSodium() };
    const isItsFile = step !== undefined && url.startsWith(`${pathToFileURL(join(root, step.file)).href}?`);
    if (!isItsFile) return next(url, context);
    return {
      format: 'module-typescript',
      shortCircuit: true,
      source: removed(readFileSync(join(root, step.file), 'utf8'), step),
    };
  },
});

/** No password is stretched twice with the same salt: that would be most of the work. */
function rememberingSodium(): string {
  const kit = pathToFileURL(join(root, 'test/kit/remembered-argon.ts')).href;
  return [
    `import { rememberArgon } from '${kit}';`,
    readFileSync(join(root, sodiumFile), 'utf8').replace('opened ??= choose();', 'opened ??= choose().then(rememberArgon);'),
  ].join('\n');
}

function numberIn(url: string | undefined): string | undefined {
  return url === undefined ? undefined : (new URL(url).searchParams.get(mark.slice(0, -1)) ?? undefined);
}

async function noticed(step: Step, number: number | 'nothing'): Promise<string | undefined> {
  const trials = (await import(`./trials/index.ts?${mark}${number}`)) as { tried: typeof tryStep };
  return trials.tried(step);
}

const words = process.argv.slice(2);
const isQuick = words[0] === 'quick';
const wanted = words.slice(isQuick ? 1 : 0).join(' ');

/** These take half a minute where nothing is to be noticed, or a second for each password. */
const isSlow = ({ trial, workload }: Step): boolean =>
  ['damage', 'pairings', 'disk errors'].includes(trial) || workload === 'create';

async function say(name: string, step: Step, number: number | 'nothing'): Promise<void> {
  const began = process.cpuUsage();
  const what = (await noticed(step, number)) ?? null;
  const { user, system } = process.cpuUsage(began);
  console.log(JSON.stringify({ name, noticed: what, seconds: Math.round((user + system) / 1e4) / 100 }));
}

const tried = steps.filter((step) => step.name.includes(wanted) && !(isQuick && isSlow(step)));
// First with everything in its place: then nobody has anything to notice. (Crashes of whole workloads are tried all the time.)
const controlled = tried.filter(({ trial }) => !(isQuick && trial === 'crash'));
const trials = new Map(controlled.map((step) => [`${step.trial} ${step.workload ?? ''}`.trimEnd(), step]));
for (const [name, step] of trials) await say(`nothing, ${name}`, step, 'nothing');
for (const step of tried) await say(step.name, step, steps.indexOf(step));
process.exit(0);
