import type { actionCalls } from '../../../src/shared/contract/actions.ts';
import type { CallOutput, Handlers } from '../../../src/shared/contract/calls.ts';
import type { ActionId } from '../../../src/shared/domain/ids.ts';

type Action = CallOutput<'action.list'>[number];

const actionOf = (name: string, more: Partial<Action> & Pick<Action, 'deed'>): Action => ({
  id: name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .padEnd(20, '0') as ActionId,
  name,
  when: 'before',
  onFailure: 'stop',
  timeoutSeconds: 60,
  isOn: true,
  secretsInKeychain: true,
  missingSecrets: [],
  ...more,
});

/** One of each kind, and one that lacks its secret. Nothing is run. */
export function createActionHandlers(isRich: boolean): Pick<Handlers, keyof typeof actionCalls> {
  let actions: Action[] = isRich
    ? [
        actionOf('Dump the database', {
          deed: {
            ...{ kind: 'command', program: '/usr/bin/pg_dump', arguments: ['--file', '/srv/dump.sql', 'nord'] },
            ...{ shell: false, folder: '/srv' },
          },
        }),
        actionOf('Tell the monitor', {
          ...{ when: 'always-after', onFailure: 'ignore', missingSecrets: ['X-Token'] },
          deed: {
            ...{ kind: 'webhook', url: 'https://monitor.nord.example/hook', method: 'POST', verifiesTls: true },
            headers: [{ name: 'X-Token', value: null }],
            body: '{"job":"{{job}}","status":"{{status}}"}',
          },
        }),
      ]
    : [];
  const environment = { PATH: '/usr/bin:/bin', STRATA_JOB: 'Mail', STRATA_MOMENT: 'before', STRATA_TEST: '1' };
  return {
    'action.list': async () => actions,
    'action.put': async ({ id, definition }) => {
      const put = actionOf(definition.name, definition);
      actions = id === null ? [...actions, put] : actions.map((one) => (one.id === id ? { ...put, id } : one));
      return { id: id ?? put.id };
    },
    'action.remove': async ({ id }) => {
      actions = actions.filter((one) => one.id !== id);
      return {};
    },
    'action.preview': async ({ definition: { deed } }) =>
      deed.kind === 'command'
        ? { kind: 'command', words: [deed.program, ...deed.arguments], folder: deed.folder ?? '/home/ada', environment }
        : { ...deed, body: deed.body.replace('{{job}}', 'Mail').replace('{{status}}', 'success') },
    'action.try': async () => ({ failure: null, output: 'dumped 311 tables\n', droppedBytes: 0, tookMs: 840 }),
  };
}
