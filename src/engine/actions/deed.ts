import type { ActionFacts, JobAction } from '../../shared/domain/action.ts';
import { failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import { commandPreview, doCommand } from './command-deed.ts';
import type { DeedEnd, DeedPorts, Preview } from './deed-port.ts';
import { doWebhook, webhookPreview } from './webhook-deed.ts';

interface Deed {
  preview(facts: ActionFacts): Preview;
  /** Its failure is an answer: what has to be done with it is the caller's. */
  perform(facts: ActionFacts, secrets: () => Promise<ReadonlyMap<string, string>>, signal: AbortSignal): Promise<DeedEnd>;
}

/** What an action does. What is shown beforehand and what is done come from the same place. */
export function actionDeed(action: JobAction, ports: DeedPorts): Deed {
  const { deed } = action;
  if (deed.kind === 'command') {
    return {
      preview: (facts) => commandPreview(deed, facts, ports),
      perform: (facts, _secrets, signal) => doCommand(action, deed, facts, ports, signal),
    };
  }
  return {
    preview: (facts) => webhookPreview(deed, facts),
    async perform(facts, secrets, signal) {
      try {
        return await doWebhook(action, deed, facts, await secrets(), ports, signal);
      } catch (error) {
        if (!isStrataError(error)) throw error;
        return { failure: failureOf(error), output: '', droppedBytes: 0 };
      }
    },
  };
}
