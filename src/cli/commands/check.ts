import type { Command } from 'commander';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import type { CheckReport } from '../../shared/domain/run.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { runJson, verificationJson } from '../output/json.ts';
import { harmless } from '../output/table.ts';
import { parseSince } from '../times.ts';
import { unlockedStorage } from '../unlocking.ts';

type Verification = CallOutput<'storage.show'>['verification'];

export function addCheckCommand(storage: Command, act: Act): void {
  storage
    .command('check')
    .argument('<name>')
    .option('--data <level>', 'structure, a share like 10%, or all')
    .option('--since <time>', 'read all of what was saved since then, and of the rest names and sizes')
    .action(act(check));
}

interface CheckOptions {
  readonly data?: string;
  readonly since?: string;
}

async function check(context: Context, [name = '']: string[], options: CheckOptions): Promise<void> {
  const wish =
    options.since === undefined ? wishFrom(context, options.data ?? 'quick') : since(context, options.since, options.data);
  const { id } = await unlockedStorage(context, name);
  const { run } = await context.client.call('storage.check', { id, ...wish });
  const ended = await follow(context, run);
  const { verification } = await context.client.call('storage.show', { id });
  if (context.options.json) context.printJson({ ...runJson(ended), verification: verificationJson(verification) });
  else if (ended.check !== null) {
    printReport(context, ended.check);
    for (const line of verificationLines(context, verification)) context.print(line);
  }
  concludeRun(context, ended);
}

export function wishFrom(context: Context, level: string): Omit<CallInput<'storage.check'>, 'id'> {
  const share = /^([0-9]+(?:\.[0-9]+)?)%$/.exec(level);
  const percent = Number(share?.[1]);
  if (share !== null && percent > 0 && percent <= 100) return { level: 'part', percent };
  if (level === 'quick' || level === 'structure' || level === 'all') return { level };
  throw new StrataError('usage.invalid', 'never', { reason: context.say('checkLevels', { level }) });
}

/** What is chosen by its time is read whole: less would say nothing that a structure does not. */
function since(context: Context, text: string, data: string | undefined): Omit<CallInput<'storage.check'>, 'id'> {
  if (data !== undefined && data !== 'all')
    throw new StrataError('usage.invalid', 'never', { reason: context.say('checkSince') });
  return { level: 'since', sinceMs: parseSince(text, Date.now()) };
}

function printReport(context: Context, report: CheckReport): void {
  const { formats, say, print } = context;
  const { packs, packsRead, records, chunks, commits, bytesRead, findings, flickers } = report;
  print(
    say('checked', {
      commits: formats.count(commits),
      packs: formats.count(packs),
      records: formats.count(records),
      chunks: formats.count(chunks),
      bytes: formats.bytes(bytesRead),
    }),
  );
  print(say('readWhole', { some: formats.count(packsRead), all: formats.count(packs) }));
  for (const finding of findings) {
    print(`${finding.file}: ${finding.failure.code}`);
    for (const item of finding.items) print(`  ${harmless(item)}`);
  }
  for (const { file } of flickers) print(`${file}: ${say('flickered')}`);
  if (findings.length === 0) print(say('noDamage'));
}

/** What was read back of a storage so far, in sentences. */
export function verificationLines({ formats, say }: Context, verification: Verification): string[] {
  if (verification === null || verification.packs === 0) return [];
  const { packs, days, packsVerified, bytes, bytesVerified, verifiedAtMs, damaged, scrubs, nextDueMs } = verification;
  // Down, so that all of it is only said of all of it.
  const share = `${Math.floor((bytesVerified / Math.max(1, bytes)) * 100)}%`;
  const some = { some: formats.count(packsVerified), all: formats.count(packs) };
  return [
    verifiedAtMs === null ? say('notVerified') : say('verified', { time: formats.time(verifiedAtMs) }),
    say('verifiedShare', { share, days: formats.count(days), ...some }),
    ...(damaged > 0 ? [say('standingDamage', { count: formats.count(damaged) })] : []),
    scrubs ? say('scrubNext', { time: formats.time(nextDueMs) }) : say('scrubOff'),
  ];
}
