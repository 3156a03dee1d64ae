import { describe, expect, test } from 'vitest';
import type { Carrier, WireMessage } from '../../shared/contract/wire.ts';
import { createEngine, type EngineState } from './engine.ts';

/** One end of a wire; the test is the engine at the other. */
function wire() {
  const sent: WireMessage[] = [];
  let receive: (message: unknown) => void = () => {};
  let close: () => void = () => {};
  const carrier: Carrier = {
    send: (message) => sent.push(message),
    listen(onMessage, onClose) {
      receive = onMessage;
      close = onClose;
    },
    close: () => {},
  };
  const calls = () => sent.filter((message) => message.type === 'call');
  return {
    carrier,
    calls,
    answer(value: unknown) {
      const call = calls().at(-1);
      if (call) receive({ type: 'reply', id: call.id, ok: true, value });
    },
    announce: (what: 'jobs') => receive({ type: 'notice', name: 'changed', value: { what } }),
    die: () => close(),
  };
}

const started = { started: 3, asks: { power: false, network: false } };

function seen(engine: ReturnType<typeof createEngine>): EngineState[] {
  const states: EngineState[] = [];
  engine.onState((state) => states.push(state));
  return states;
}

describe('the window’s end of the engine', () => {
  test('keeps calls until an engine is there', async () => {
    const engine = createEngine();
    const answer = engine.call('clock.tick', {});
    const first = wire();
    engine.attach(first.carrier);
    await expect.poll(() => first.calls().length).toBe(1);
    first.answer(started);
    expect(await answer).toEqual(started);
  });

  test('rejects what was under way when the engine dies, and sends what comes after to the next', async () => {
    const engine = createEngine();
    const states = seen(engine);
    const [first, second] = [wire(), wire()];
    engine.attach(first.carrier);
    const lost = engine.call('clock.tick', {});
    await expect.poll(() => first.calls().length).toBe(1);
    first.die();
    await expect(lost).rejects.toMatchObject({ code: 'engine.lost' });
    const late = engine.call('clock.tick', {});
    engine.attach(second.carrier);
    await expect.poll(() => second.calls().length).toBe(1);
    second.answer(started);
    expect(await late).toEqual(started);
    expect(states).toEqual(['starting', 'ready', 'lost', 'ready']);
  });

  test('hears the next engine’s notices without asking again, and a former one’s no more', () => {
    const engine = createEngine();
    const heard: string[] = [];
    const stop = engine.on('changed', ({ what }) => heard.push(what));
    const [first, second] = [wire(), wire()];
    engine.attach(first.carrier);
    engine.attach(second.carrier);
    second.announce('jobs');
    stop();
    second.announce('jobs');
    expect(heard).toEqual(['jobs']);
  });

  test('is not lost when a port is replaced by another', () => {
    const engine = createEngine();
    const states = seen(engine);
    const first = wire();
    engine.attach(first.carrier);
    engine.attach(wire().carrier);
    first.die();
    expect(states).toEqual(['starting', 'ready', 'ready']);
  });

  test('lets nobody wait once it is given up, until somebody asks for another try', async () => {
    const engine = createEngine();
    const waiting = engine.call('clock.tick', {});
    engine.giveUp({ code: 'engine.busy', retry: 'later', facts: {} });
    await expect(waiting).rejects.toMatchObject({ code: 'engine.lost' });
    await expect(engine.call('clock.tick', {})).rejects.toMatchObject({ code: 'engine.lost' });
    expect(engine.failure()?.code).toBe('engine.busy');
    engine.hopeAgain();
    const hopeful = engine.call('clock.tick', {});
    const next = wire();
    engine.attach(next.carrier);
    await expect.poll(() => next.calls().length).toBe(1);
    next.answer(started);
    expect(await hopeful).toEqual(started);
  });
});
