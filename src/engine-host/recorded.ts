import type { ActRecord } from '../engine/index.ts';
import { type CallName, calls, type Handlers } from '../shared/contract/calls.ts';
import type { ActSubject } from '../shared/domain/act.ts';
import { actOf } from './acts-of-calls.ts';

/** The same calls, those written down that give content out or change what becomes of it. */
export function recorded(handlers: Handlers, record: Pick<ActRecord, 'during'>, from: 'window' | 'command'): Handlers {
  const one = (name: CallName) => {
    const handler = handlers[name] as (input: unknown) => Promise<unknown>;
    const subjectOf = actOf[name] as ((input: unknown) => ActSubject | null) | null;
    if (subjectOf === null) return handler;
    return (input: unknown) => {
      const subject = subjectOf(input);
      return subject === null ? handler(input) : record.during(subject, from, () => handler(input));
    };
  };
  const names = Object.keys(calls) as CallName[];
  return Object.fromEntries(names.map((name) => [name, one(name)])) as unknown as Handlers;
}
