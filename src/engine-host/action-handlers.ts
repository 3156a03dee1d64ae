import type { Engine } from '../engine/index.ts';
import type { actionCalls } from '../shared/contract/actions.ts';
import type { Handlers } from '../shared/contract/calls.ts';

/** What a person wants done before and after the runs of a job, call by call. */
export function actionHandlers({ actions }: Engine): Pick<Handlers, keyof typeof actionCalls> {
  return {
    'action.list': ({ job }) => actions.list(job),
    'action.put': (change) => actions.put(change),
    'action.remove': async ({ job, id }) => {
      await actions.remove(job, id);
      return {};
    },
    'action.preview': async ({ job, definition }) => actions.preview(job, definition),
    'action.try': ({ job, id }) => actions.tryIt(job, id),
  };
}
