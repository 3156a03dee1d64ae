import type { CallInput, CallOutput } from '../../../shared/contract/calls.ts';
import { type ActionFailure, type ActionMoment, usualTimeoutSeconds, type WebhookDeed } from '../../../shared/domain/action.ts';

export type ActionRow = CallOutput<'action.list'>[number];
export type ActionDefinition = CallInput<'action.put'>['definition'];

/** An action while somebody types it. */
export interface ActionDraft {
  readonly kind: 'command' | 'webhook';
  readonly name: string;
  readonly when: ActionMoment;
  readonly onFailure: ActionFailure;
  readonly timeoutSeconds: number;
  readonly isOn: boolean;
  /** The program, then a word a line. */
  readonly words: string;
  readonly shell: boolean;
  readonly folder: string;
  readonly url: string;
  readonly method: WebhookDeed['method'];
  /** One a line: `Name: value`. */
  readonly headers: string;
  /** An empty value: as it was. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
  readonly body: string;
  readonly verifiesTls: boolean;
}

const newDraft: ActionDraft = {
  ...{ kind: 'command', name: '', when: 'before', onFailure: 'stop', timeoutSeconds: usualTimeoutSeconds, isOn: true },
  ...{ words: '', shell: false, folder: '' },
  ...{ url: '', method: 'POST', headers: '', secrets: [], body: '', verifiesTls: true },
};

export function draftOf(action: ActionRow | null): ActionDraft {
  if (action === null) return newDraft;
  const { name, when, onFailure, timeoutSeconds, isOn, deed } = action;
  const base = { ...newDraft, name, when, onFailure, timeoutSeconds, isOn };
  if (deed.kind === 'command') {
    return { ...base, words: [deed.program, ...deed.arguments].join('\n'), shell: deed.shell, folder: deed.folder ?? '' };
  }
  const { url, method, body, verifiesTls } = deed;
  const plain = deed.headers.flatMap((header) => (header.value === null ? [] : [`${header.name}: ${header.value}`]));
  const secrets = deed.headers.flatMap((header) => (header.value === null ? [{ name: header.name, value: '' }] : []));
  return { ...base, kind: 'webhook', url, method, headers: plain.join('\n'), secrets, body, verifiesTls };
}

/** `stop` has a meaning before the run alone. */
export const withMoment = (draft: ActionDraft, when: ActionMoment): ActionDraft => ({
  ...draft,
  when,
  onFailure: when !== 'before' && draft.onFailure === 'stop' ? 'warn' : draft.onFailure,
});

export function definitionOf(draft: ActionDraft): ActionDefinition {
  const { name, when, onFailure, timeoutSeconds, isOn } = draft;
  return {
    name: name.trim(),
    when,
    onFailure,
    timeoutSeconds,
    isOn,
    deed: draft.kind === 'command' ? command(draft) : webhook(draft),
  };
}

function command({ words, shell, folder }: ActionDraft): ActionDefinition['deed'] {
  const [program = '', ...rest] = words.replace(/\n+$/, '').split('\n');
  return { kind: 'command', program, arguments: rest, shell, folder: folder.trim() === '' ? null : folder.trim() };
}

function webhook({ url, method, headers, secrets, body, verifiesTls }: ActionDraft): ActionDefinition['deed'] {
  const plain = linesOf(headers).map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
  });
  const secret = secrets.filter(({ name }) => name.trim() !== '').map(({ name }) => ({ name: name.trim(), value: null }));
  return { kind: 'webhook', url: url.trim(), method, headers: [...plain, ...secret], body, verifiesTls };
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

export const secretsOf = ({ kind, secrets }: ActionDraft): Record<string, string> =>
  kind === 'command'
    ? {}
    : Object.fromEntries(secrets.flatMap(({ name, value }) => (value === '' ? [] : [[name.trim(), value] as const])));

const headerLine = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*$/;

/** What is missing, as the key of a sentence; null: nothing. */
export function faultOf(draft: ActionDraft): 'name' | 'words' | 'url' | 'headers' | 'timeout' | null {
  if (draft.name.trim() === '') return 'name';
  if (!Number.isInteger(draft.timeoutSeconds) || draft.timeoutSeconds < 1) return 'timeout';
  if (draft.kind === 'command') return draft.words.split('\n', 1)[0]?.trim() === '' ? 'words' : null;
  if (!/^https?:\/\/\S+$/.test(draft.url.trim())) return 'url';
  return linesOf(draft.headers).every((line) => headerLine.test(line)) ? null : 'headers';
}
