import { errorCodes } from '../domain/error-codes.ts';
import type { ActKind, ActOrigin, RecordedAct } from '../domain/act.ts';
import { actsDe } from './acts.de.ts';
import { actsEn, type ActWords } from './acts.en.ts';
import { actSettingsDe } from './act-settings.de.ts';
import { actSettingsEn, type ActSettingWords } from './act-settings.en.ts';
import { csvOf } from './csv.ts';
import { fill, type Language, sayFailure } from './say.ts';

const words: Readonly<Record<Language, ActWords>> = { en: actsEn, de: actsDe };
const settingWords: Readonly<Record<Language, ActSettingWords>> = { en: actSettingsEn, de: actSettingsDe };
/** More names than these stand in the saved record, not in a line. */
const mostShown = 3;

export const sayAct = (kind: ActKind, language: Language): string => words[language][kind];
/** What settings are called, by their names in the contract. */
export const actSettingNames = (language: Language): Readonly<Record<string, string>> => settingWords[language];
export const sayOrigin = (origin: ActOrigin, language: Language): string => words[language][origin];

export function sayOutcome(
  { outcome, code, storageName }: Pick<RecordedAct, 'outcome' | 'code' | 'storageName'>,
  language: Language,
): string {
  return fill(words[language][outcome ?? 'going'], { why: code === null ? '' : sayCode(code, storageName, language) });
}

/** No facts are kept, because they may name what nobody else shall see: but for the storage, each shows as `…`. */
function sayCode(code: string, storageName: string | null, language: Language): string {
  const known = errorCodes.find((one) => one === code);
  if (known === undefined) return code;
  const facts = known.startsWith('storage.') && storageName !== null ? { name: storageName } : {};
  return sayFailure({ code: known, retry: 'never', facts }, language);
}

/** What it was done with, but for the storage. */
export function sayAbout(act: Omit<RecordedAct, 'id' | 'run' | 'storage'>, language: Language): string {
  const { sourceNames, jobName, name, to, settings } = act;
  const changed = settings.map((setting) => saySetting(setting, language));
  return [sayItems(act, language), ...sourceNames, jobName, name, to, ...changed].filter((part) => part).join(' · ');
}

/** Some say to what it was changed. One that only a later version knows stands as it is. */
function saySetting(setting: string, language: Language): string {
  const [name = '', value] = setting.split('=', 2);
  const known: Readonly<Record<string, string>> = settingWords[language];
  const shown = Object.hasOwn(known, name) ? (known[name] ?? name) : name;
  return value === undefined || value === 'null' ? shown : `${shown}: ${value}`;
}

function sayItems({ items, itemNames }: Pick<RecordedAct, 'items' | 'itemNames'>, language: Language): string {
  if (items === 0) return '';
  const counted = fill(words[language][items === 1 ? 'items_one' : 'items_other'], { count: items });
  if (itemNames === null) return fill(words[language].lockedNames, { items: counted });
  if (itemNames.length === 0) return counted;
  const shown = itemNames.slice(0, mostShown);
  const names = shown.join(', ');
  return items === shown.length ? names : fill(words[language].more, { names, count: items - shown.length });
}

/** The names of columns are a contract with scripts. */
const columns = [
  ...['time', 'act', 'from', 'user', 'storage', 'sources', 'job', 'name', 'to', 'settings', 'items', 'itemNames', 'run'],
  ...['outcome', 'ended', 'code'],
];

const iso = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());

export const recordCsv = (acts: readonly RecordedAct[]): string =>
  csvOf(
    columns,
    acts.map((act) => [
      ...[iso(act.atMs), act.kind, act.origin, act.user, act.storageName ?? '', act.sourceNames.join('; '), act.jobName ?? ''],
      ...[act.name ?? '', act.to ?? '', act.settings.join('; '), act.items, (act.itemNames ?? []).join('; '), act.run ?? ''],
      ...[act.outcome ?? '', iso(act.endedAtMs), act.code ?? ''],
    ]),
  );
