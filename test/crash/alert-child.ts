// Raises one alert after the other and sends what is due, until it is killed. Says `raised N` when alert N is.
//   node test/crash/alert-child.ts <folder> <address> <first number, or drain>
import { AlertDesk, Courier, isNear, sendThrough } from '../../src/engine/alerts/index.ts';
import { openProfileStore } from '../../src/engine/catalog/index.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { systemClock as clock } from '../../src/engine/kernel/system-clock.ts';
import { systemRandom as random } from '../../src/engine/kernel/system-random.ts';
import { systemWeb } from '../../src/engine/kernel/system-web.ts';
import { secureContext } from '../../src/engine/sources/certificate.ts';
import type { Channel } from '../../src/shared/domain/alert.ts';
import type { ChannelId } from '../../src/shared/domain/ids.ts';

const [folder = '', address = '', first = ''] = process.argv.slice(2);
const store = openProfileStore({ path: `${folder}/state.sqlite`, files: new NodeFileSystem() });
const book = store.alerts;
const channel: Channel = {
  ...{ id: 'hook0000000000000000' as ChannelId, name: 'Hook', settings: { kind: 'webhook' }, place: '', isOn: true },
  ...{ secretInKeychain: false, events: ['failure'], jobs: {}, least: 'warning', daily: false },
  ...{ lastDeliveredMs: null, lastFailure: null },
};
book.putChannel(channel);
const desk = new AlertDesk({ book, clock, random, settings: () => ({ quiet: null, digestAt: 0, zone: 'UTC' }) });
const web = systemWeb({ trust: secureContext, mayBeOpen: isNear });
const courier = new Courier({
  onTried: () => undefined,
  ...{ book, clock, random, log: silentLog, logOf: () => '', mayUse: () => true },
  words: (alerts) => ({ title: alerts.map(({ cause }) => cause).join(), text: '' }),
  send: (to, message) => sendThrough(to, address, message, web),
});

if (first === 'drain') {
  book.retryNow(channel.id, clock.nowMs());
  courier.wake();
  await courier.settled();
  process.stdout.write(`left ${book.due(channel.id, Number.MAX_SAFE_INTEGER).length}\n`);
} else {
  for (let number = Number(first); ; number += 1) {
    const nothing = { job: null, storage: null, run: null, byPerson: false, failure: null, facts: {} };
    desk.raise({ topic: 'work-failed', level: 'error', cause: String(number), ...nothing }, { jobs: [] });
    process.stdout.write(`raised ${number}\n`);
    courier.wake();
    await clock.sleep(3);
  }
}
