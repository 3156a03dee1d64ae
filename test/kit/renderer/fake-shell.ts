import type { ShellBridge, ShellNoticeName } from '../../../src/shared/contract/shell.ts';
import { type Server, serveCalls } from '../../../src/shared/contract/server.ts';
import type { Carrier } from '../../../src/shared/contract/wire.ts';
import { ids } from './sample-base.ts';
import { createHandlers, progressAfter, type WorldName } from './world.ts';

/** Runs in the page before its own scripts: stands in for preload, main and engine, with the real contract in between. */

declare global {
  interface Window {
    strataWorld?: { readonly name: WorldName; readonly locale: string; readonly live: boolean };
    /** For tests: what the page asked of the shell, and levers to pull. */
    strataTest?: {
      readonly shellCalls: { readonly name: string; readonly input: unknown }[];
      loseEngine(): void;
      restartEngine(): void;
      failEngine(): void;
      goTo(route: string): void;
      askClose(runs: number): void;
      /** As the engine would say it. */
      announce: Server['announce'];
    };
  }
}

const world = window.strataWorld ?? { name: 'rich', locale: 'en-GB', live: true };
const listeners = new Map<ShellNoticeName, Set<(notice: never) => void>>();
const shellCalls: { name: string; input: unknown }[] = [];

const say = (name: ShellNoticeName, notice: unknown): void => {
  for (const listener of listeners.get(name) ?? []) listener(notice as never);
};

function carrierOf(port: MessagePort): Carrier {
  return {
    send: (message) => port.postMessage(message),
    listen(onMessage, onClose) {
      port.addEventListener('message', (event) => onMessage(event.data));
      port.addEventListener('close', onClose);
      port.start();
    },
    close: () => port.close(),
  };
}

let server: Server | undefined;

function openEngine(): void {
  const { port1, port2 } = new MessageChannel();
  server = serveCalls(
    carrierOf(port1),
    () => createHandlers(world.name),
    (bug) => console.error('engine bug', bug),
    () => undefined,
  );
  window.postMessage('strata-engine-port', '*', [port2]);
  if (!world.live || world.name === 'empty') return;
  const began = performance.now();
  setInterval(
    () => server?.announce('run.progress', { id: ids.running, progress: progressAfter(performance.now() - began) }),
    250,
  );
}

/** The isolated frame's address: a blob here, since a page cannot serve a scheme of its own. */
let lastDocument: string | undefined;
function previewDocument(html: string | null): string | null {
  if (lastDocument !== undefined) URL.revokeObjectURL(lastDocument);
  lastDocument = html === null ? undefined : URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  return lastDocument ?? null;
}

const answers: Readonly<Record<string, (input: never) => unknown>> = {
  'shell.pickDirectory': () => ({ path: '/home/anna/Backup' }),
  'shell.saveText': () => ({ saved: true }),
  'shell.saveBytes': () => ({ saved: true }),
  'shell.showDirectory': () => ({ shown: true }),
  'shell.openPage': () => ({ opened: true }),
  'shell.previewDocument': (input: { html: string | null }) => ({ url: previewDocument(input.html) }),
};

const bridge: ShellBridge = {
  call(name, input) {
    shellCalls.push({ name, input });
    const answer = answers[name];
    return Promise.resolve((answer ? answer(input as never) : {}) as never);
  },
  on(name, listener) {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  },
  ready: openEngine,
  platform: 'linux',
  locale: world.locale,
};

Object.defineProperty(window, 'strata', { value: bridge });
window.strataTest = {
  shellCalls,
  loseEngine: () => server?.close(),
  restartEngine: openEngine,
  failEngine: () =>
    say('shell.engine', { state: 'failed', restarts: 5, failure: { code: 'engine.busy', retry: 'later', facts: {} } }),
  goTo: (route) => say('shell.goTo', { route }),
  askClose: (runs) => say('shell.askClose', { runs }),
  announce: (...notice) => server?.announce(...notice),
};
