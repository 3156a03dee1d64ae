import type { Engine } from '../engine/index.ts';
import type { Handlers } from '../shared/contract/calls.ts';
import type { surveyCalls } from '../shared/contract/surveys.ts';

/** What would be taken, counted beside everything else. */
export function surveyHandlers({ surveys }: Engine): Pick<Handlers, keyof typeof surveyCalls> {
  return {
    'survey.begin': async ({ sources }) => ({ id: surveys.begin(sources) }),
    'survey.show': async ({ id }) => surveys.show(id),
    'survey.folders': async ({ id, source, ...query }) => surveys.folders(id, source, query),
    'survey.stop': async ({ id }) => {
      surveys.stop(id);
      return {};
    },
  };
}
