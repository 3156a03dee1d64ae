import { takesEverything } from '../../../shared/domain/choice.ts';
import { oauthOf } from '../../../shared/domain/sign-in.ts';
import type { Timing } from '../../../shared/domain/schedule.ts';
import type { SourceSettings } from '../../../shared/domain/source-settings.ts';
import { capturesByItself } from './answers.ts';
import { choiceOptions } from './choice-options.ts';
import type { Schedule } from '../../parts/schedule/when.ts';
import { scheduleOptions, timingOptions } from './schedule-options.ts';
import type { ChosenInJob } from './chosen-sources.ts';

/** Safe as it is in every shell that we know. */
const plain = /^[\w@%+=:,./-]+$/;

/** One argument as the system's shell reads it. */
function quoted(text: string, platform: string): string {
  if (plain.test(text) && !text.startsWith('-')) return text;
  return platform === 'win32' ? `"${text.replaceAll('"', '\\"')}"` : `'${text.replaceAll("'", "'\\''")}'`;
}

type ChosenOne = Pick<ChosenInJob, 'name' | 'kind' | 'choice'>;

export interface JobInWords {
  /** Null where the job only has sources that are there already. */
  readonly source: { readonly name: string; readonly settings: SourceSettings } | null;
  readonly job: {
    readonly name: string;
    readonly sources: readonly string[];
    readonly storage: string;
    readonly alsoTo: readonly string[];
    readonly schedule: Schedule;
    readonly timing: Timing;
    /** That of new jobs. */
    readonly usual: Timing;
    /** Null: this computer's. */
    readonly zone: string | null;
    readonly captures: boolean;
    readonly chosen: readonly ChosenOne[];
  } | null;
}

/** The same as commands. The password is asked for there, so it is never part of a line. */
export function commandLines({ source, job }: JobInWords, platform: string): readonly string[] {
  const line = (...parts: readonly string[]): string => parts.map((part) => quoted(part, platform)).join(' ');
  // Options are words of ours and stand as they are.
  const option = (name: string, values: readonly string[]): string =>
    values.length === 0 ? '' : ` --${name} ${line(...values)}`;
  const lines: string[] = [];
  if (source !== null) {
    const { name, settings } = source;
    lines.push(
      `strata source add ${settings.kind} ${line(name)}${placeOptions(settings, option)}${option('exclude', settings.exclude)}`,
    );
  }
  if (job !== null) {
    const { schedule } = job;
    const choosing = ({ kind, choice }: ChosenOne): string => choiceOptions(choice, kind === 'files', option);
    const single = job.chosen.length === 1 ? job.chosen[0] : undefined;
    // What the command does by itself is not said.
    const capture = job.captures === capturesByItself(schedule.mode) ? '' : ` --capture ${job.captures ? 'on' : 'off'}`;
    const when = scheduleOptions(schedule, option) + timingOptions(job.timing, job.usual, job.zone, option);
    lines.push(
      `strata job create ${line(job.name)}${option('source', job.sources)}${option('storage', [job.storage])}${option('also-to', job.alsoTo)}${when}${capture}${single === undefined ? '' : choosing(single)}`,
    );
    if (single === undefined) {
      const chosen = job.chosen.filter(({ choice }) => !takesEverything(choice));
      for (const one of chosen) lines.push(`strata job edit ${line(job.name)}${option('for', [one.name])}${choosing(one)}`);
    }
  }
  return lines;
}

function placeOptions(settings: SourceSettings, option: (name: string, values: readonly string[]) => string): string {
  switch (settings.kind) {
    case 'imap':
      return [
        option('host', [settings.host]),
        option('port', [String(settings.port)]),
        option('tls', [settings.tls]),
        option('user', [settings.user]),
        option('certificate', settings.certificateSha256 === null ? [] : [settings.certificateSha256]),
        signInOptions(settings, option),
      ].join('');
    case 'jmap':
      return [
        option('url', [settings.url]),
        option('user', [settings.user]),
        option('certificate', settings.certificateSha256 === null ? [] : [settings.certificateSha256]),
        signInOptions(settings, option),
        settings.secretIs === 'token' ? ' --token' : '',
      ].join('');
    case 'caldav':
    case 'carddav':
      return [
        option('url', [settings.url]),
        option('user', [settings.user]),
        option('certificate', settings.certificateSha256 === null ? [] : [settings.certificateSha256]),
        signInOptions(settings, option),
      ].join('');
    case 'maildir':
    case 'mbox':
    case 'item-files':
    case 'thunderbird':
      return option('path', [settings.path]);
    case 'files':
      return [
        option('path', settings.paths),
        option('exclude-if-present', settings.excludeIfPresent),
        settings.oneFileSystem ? ' --one-file-system' : '',
      ].join('');
  }
}

/** Known providers are known to the command as well. */
function signInOptions(settings: SourceSettings, option: (name: string, values: readonly string[]) => string): string {
  const oauth = oauthOf(settings);
  if (oauth === undefined) return '';
  const who = option('client-id', [oauth.clientId]);
  const where = oauth.server.by === 'issuer' ? option('issuer', [oauth.server.issuer]) + option('scope', oauth.scopes) : '';
  return ` --sign-in oauth${where}${who}`;
}
