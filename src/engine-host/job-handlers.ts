import type { Engine } from '../engine/index.ts';
import type { Handlers } from '../shared/contract/calls.ts';
import { present } from './present.ts';

type JobCall = Extract<keyof Handlers, `job.${string}` | `clock.${string}`>;

/** What jobs are, when they run, and the beat by which they do. */
export function jobHandlers(engine: Engine): Pick<Handlers, JobCall> {
  const { jobs, mirrors } = engine;
  const done = (): Record<string, never> => ({});
  return {
    'clock.tick': async ({ woke, conditions }) => {
      engine.surroundings.look(conditions, woke === true);
      engine.captures.tick();
      engine.alerts.tick();
      const started = await jobs.tick();
      const asks = jobs.asks();
      if (engine.surroundings.pausedUntilMs() !== null) return { started, asks };
      const { upkeep, removals, rehearsals, scrubs, texts } = engine;
      let others = 0;
      for (const one of [upkeep, mirrors, removals, rehearsals, scrubs, texts]) others += await one.tick();
      return { started: started + others, asks };
    },
    'clock.pause': async ({ untilMs }) => {
      engine.surroundings.pause(untilMs);
      return done();
    },

    'job.create': async (definition) => jobs.create(definition),
    'job.edit': async (job) => {
      jobs.edit(job);
      return done();
    },
    'job.remove': async ({ id }) => {
      jobs.remove(id);
      await engine.actions.forget(id);
      return done();
    },
    'job.move': async ({ id, to, group }) => {
      jobs.move(id, to, group);
      return done();
    },
    'job.clone': async ({ id, name, enabled }) => jobs.clone(id, name, enabled),
    'job.list': () => jobs.list(),
    'job.show': ({ id }) => jobs.show(id),
    'job.switch': async ({ id, ...change }) => {
      jobs.switch(id, present(change));
      return done();
    },
    'job.answer': async ({ id, answer }) => {
      jobs.answer(id, answer);
      return done();
    },
    'job.forecast': async (asked) => jobs.forecast(asked),
    'job.check': ({ id }) => jobs.check(id),
    'job.run': async ({ id, wish }) => ({ run: await jobs.run(id, 'person', { wish }) }),
  };
}
