import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../output/table.ts';
import type { Act } from '../act.ts';
import { parseDuration } from '../times.ts';
import { unlockWhatOpens } from '../unlocking.ts';

export function addStatusCommand(program: Command, act: Act): void {
  program.command('status').description('is everything protected?').action(act(status));
  program
    .command('pause')
    .description('no job runs by itself for a while; what is started by hand does')
    .requiredOption('--for <hh:mm:ss>', 'so long')
    .action(act(pause));
  program
    .command('resume')
    .description('jobs run by themselves again')
    .action(act(async (context) => void (await context.client.call('clock.pause', { untilMs: null }))));
}

/** Nothing runs by itself for so long. */
async function pause(context: Context, _words: string[], { for: length }: { readonly for: string }): Promise<void> {
  const untilMs = Date.now() + parseDuration(length);
  await context.client.call('clock.pause', { untilMs });
  context.print(context.say('pausedUntil', { time: context.formats.time(untilMs) }));
}

async function status(context: Context): Promise<void> {
  const { client, say, formats } = context;
  await unlockWhatOpens(context);
  const verdict = await client.call('status.get', {});
  const sources = await client.call('source.list', {});
  if (context.options.json) {
    context.printJson({
      verdict: verdict.verdict,
      protectedUntil: verdict.protectedUntilMs === null ? null : new Date(verdict.protectedUntilMs).toISOString(),
      pausedUntil: verdict.pausedUntilMs === null ? null : new Date(verdict.pausedUntilMs).toISOString(),
      needs: verdict.needs,
      sources: sources.map((source) => ({
        name: source.name,
        protectedUntil: source.protectedUntilMs === null ? null : new Date(source.protectedUntilMs).toISOString(),
        provenAt: provenMs(source) === null ? null : new Date(provenMs(source) ?? 0).toISOString(),
      })),
    });
  } else {
    context.print(
      say(`verdict.${verdict.verdict}`, { time: formats.time(verdict.protectedUntilMs), count: verdict.needs.length }),
    );
    if (verdict.pausedUntilMs !== null) context.print(say('pausedUntil', { time: formats.time(verdict.pausedUntilMs) }));
    for (const need of verdict.needs) {
      context.print(
        `  ${say(`need.${need.kind}`, { name: need.name })}${need.failure === null || need.kind === 'storage-locked' ? '' : ` ${sayFailure(need.failure, context.language)}`}`,
      );
    }
    if (sources.length > 0)
      context.print(
        table(
          [{ title: say('column.source') }, { title: say('column.protectedUntil') }, { title: say('column.restorable') }],
          sources.map((source) => [source.name, formats.time(source.protectedUntilMs), formats.time(provenMs(source))]),
        ),
      );
  }
  if (verdict.verdict === 'attention') throw new Exit(exitCodes.warnings);
}

/** When the last trial restore proved it; null: none did, or the last one from any of its storages did not. */
function provenMs({ rehearsed }: Pick<CallOutput<'source.show'>, 'rehearsed'>): number | null {
  if (rehearsed.length === 0 || rehearsed.some(({ outcome }) => outcome === 'unequal')) return null;
  return Math.max(...rehearsed.map(({ atMs }) => atMs));
}
