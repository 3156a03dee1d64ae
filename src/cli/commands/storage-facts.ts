import type { Command } from 'commander';
import type { CallInput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pickStorage } from '../naming.ts';
import { verificationJson } from '../output/json.ts';
import { table } from '../output/table.ts';
import { defaultRetentionText, parseDefaultRetention } from '../retention-rules.ts';
import { verificationLines } from './check.ts';
import { fillTexts } from './search-texts.ts';
import { unlockedStorage } from '../unlocking.ts';

interface SettingsOptions {
  readonly grace?: string;
  readonly minFree?: string;
  readonly automatic?: string;
  readonly scrub?: string;
  readonly retention?: string;
  readonly searchBodies?: string;
}

/** How a storage is kept in order, and how much it holds of whom. */
export function addStorageFacts(storage: Command, act: Act): void {
  storage.command('stats').argument('<name>').action(act(stats));
  storage
    .command('settings')
    .argument('<name>')
    .option('--grace <days>', 'how long the trash keeps what is out of use; at least 7')
    .option('--min-free <size>', 'below so much free space nothing is written: 20GB')
    .option('--automatic <on|off>', 'hide after each cycle, purge once a week')
    .option('--scrub <days|off>', 'read everything again within so many days, a little at a time')
    .option('--retention <rules>', 'what new jobs begin with: rules, none (everything stays), or usual (as in the settings)')
    .option(
      '--search-bodies <on|off>',
      'search what mail, appointments, contacts, text and PDF files say; kept encrypted on this computer',
    )
    .action(act(settings));
}

async function stats(context: Context, [name = '']: string[]): Promise<void> {
  const storage = await unlockedStorage(context, name);
  const sizes = await context.client.call('storage.sizes', { storage: storage.id });
  const forecast = await context.client.call('storage.forecast', { storage: storage.id });
  const { items, versions, moments } = storage;
  const ratio = sizes.storedBytes === 0 ? null : sizes.versionBytes / sizes.storedBytes;
  if (context.options.json) {
    const { fullAroundMs, ...rest } = forecast;
    const fullAround = fullAroundMs === null ? null : new Date(fullAroundMs).toISOString();
    const verification = verificationJson(storage.verification);
    return context.printJson({ ...storage, ...sizes, ratio, forecast: { ...rest, fullAround }, verification });
  }
  const { say, formats, print } = context;
  const rows = [
    [say('column.items'), formats.count(items)],
    [say('column.versions'), formats.count(versions)],
    [say('column.moments'), formats.count(moments)],
    [say('column.size'), formats.bytes(sizes.itemBytes)],
    [say('column.allVersions'), formats.bytes(sizes.versionBytes)],
    [say('column.stored'), `${formats.bytes(sizes.storedBytes)}${ratio === null ? '' : ` (${ratio.toFixed(2)} : 1)`}`],
    [say('column.trash'), formats.bytes(sizes.trashBytes)],
    [say('column.free'), forecast.freeBytes === null ? '–' : formats.bytes(forecast.freeBytes)],
    [say('column.fullAround'), formats.time(forecast.fullAroundMs)],
  ];
  print(rows.map(([label = '', value = '']) => `${label.padEnd(22)}${value}`).join('\n'));
  print(
    table(
      [
        { title: say('column.source') },
        { title: say('column.items'), right: true },
        { title: say('column.size'), right: true },
        { title: say('column.versions'), right: true },
        { title: say('column.allVersions'), right: true },
      ],
      sizes.sources.map((one) => [
        one.name,
        formats.count(one.items),
        formats.bytes(one.itemBytes),
        formats.count(one.versions),
        formats.bytes(one.versionBytes),
      ]),
    ),
  );
  for (const line of verificationLines(context, storage.verification)) print(line);
}

async function settings(context: Context, [name = '']: string[], options: SettingsOptions): Promise<void> {
  const change = changeFrom(options);
  // What is to be read must be open.
  const pick = change.searchBodies === true ? unlockedStorage : pickStorage;
  const { id: storage } = await pick(context, name);
  const now = await context.client.call('storage.changeSettings', { storage, ...change });
  if (change.searchBodies === true) await fillTexts(context, storage);
  const retention = defaultRetentionText(now.defaultRetention);
  if (context.options.json) return context.printJson({ ...now, defaultRetention: retention });
  const rows = [
    ['grace', `${now.graceDays}d`],
    ['min-free', context.formats.bytes(now.minFreeBytes)],
    ['automatic', now.automatic ? 'on' : 'off'],
    ['scrub', now.scrubDays === null ? 'off' : `${now.scrubDays}d`],
    ['retention', retention],
    ['search-bodies', now.searchBodies === true ? 'on' : 'off'],
  ];
  context.print(rows.map(([label = '', value = '']) => `${label.padEnd(15)}${value}`).join('\n'));
}

function changeFrom({
  grace,
  minFree,
  automatic,
  scrub,
  retention,
  searchBodies,
}: SettingsOptions): Omit<CallInput<'storage.changeSettings'>, 'storage'> {
  if (automatic !== undefined && automatic !== 'on' && automatic !== 'off') throw wrong(`--automatic ${automatic}`);
  if (searchBodies !== undefined && searchBodies !== 'on' && searchBodies !== 'off')
    throw wrong(`--search-bodies ${searchBodies}`);
  if (grace !== undefined && !/^[0-9]+d?$/.test(grace)) throw wrong(`--grace ${grace}`);
  if (scrub !== undefined && scrub !== 'off' && !/^[0-9]+d?$/.test(scrub)) throw wrong(`--scrub ${scrub}`);
  return {
    ...(grace === undefined ? {} : { graceDays: Number.parseInt(grace, 10) }),
    ...(minFree === undefined ? {} : { minFreeBytes: sizeOf(minFree) }),
    ...(automatic === undefined ? {} : { automatic: automatic === 'on' }),
    ...(scrub === undefined ? {} : { scrubDays: scrub === 'off' ? null : Number.parseInt(scrub, 10) }),
    ...(retention === undefined ? {} : { defaultRetention: parseDefaultRetention(retention) }),
    ...(searchBodies === undefined ? {} : { searchBodies: searchBodies === 'on' }),
  };
}

const units = ['', 'K', 'M', 'G', 'T'];

function sizeOf(text: string): number {
  const match = /^([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)B?$/i.exec(text);
  if (match === null) throw wrong(`--min-free ${text}`);
  return Math.round(Number(match[1]) * 1000 ** units.indexOf((match[2] ?? '').toUpperCase()));
}

const wrong = (reason: string): StrataError => new StrataError('usage.invalid', 'never', { reason });
