import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Carrier } from '../shared/contract/wire.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import { type Announced, type Door, knock } from './door.ts';
import { fileDoor } from './file-door.ts';
import { greetAsClient, greetAsEngine, randomHex } from './greeting.ts';
import { pipeDoor } from './pipe-door.ts';

/** The right to open the engine on a profile. Only one process has it; see docs/format/local-socket.md. */
export interface Seat {
  /** The engine is open: greets who waits at the door, and everyone who comes later. */
  open(onClient: (carrier: Carrier) => void): void;
  /** Lets nobody else in; the seat is free. Whoever is connected stays so. */
  leave(): void;
}

export type Place = { readonly role: 'engine'; readonly seat: Seat } | { readonly role: 'client'; readonly carrier: Carrier };

/** How long another process may take to open its engine, or to end, before it counts as stuck. */
const patienceMs = 15_000;

/** Takes the seat, or becomes a client of whoever has it. `engine.busy`: somebody has it and does not answer. */
export async function takeSeat(profileDir: string, patience = patienceMs): Promise<Place> {
  const door = await (process.platform === 'win32' ? pipeDoor(profileDir) : fileDoor(profileDir));
  return takeSeatAt(door, join(profileDir, 'engine.key'), patience);
}

export async function takeSeatAt(door: Door, keyFile: string, patience: number): Promise<Place> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    const found = await look(door, keyFile, deadline);
    if (found !== 'nobody' && found !== 'gone') return { role: 'client', carrier: found };
    if (found === 'nobody') {
      const seat = await announce(door, keyFile);
      if (seat) return { role: 'engine', seat };
    }
    // Two candidates that saw each other must not meet again at the same moment.
    await sleep(5 + Math.random() * 55);
  }
  throw new StrataError('engine.busy', 'later');
}

async function look(door: Door, keyFile: string, deadline: number): Promise<Carrier | 'nobody' | 'gone'> {
  let found: 'nobody' | 'gone' = 'nobody';
  for (const address of door.addresses()) {
    const socket = await knock(address);
    if (socket === 'dead') {
      door.forget(address);
      continue;
    }
    found = 'gone'; // somebody is there; unless it greets us, it was a candidate that withdrew or an engine that ended
    if (socket === 'mute') continue;
    const carrier = await greetAsClient(socket, () => readKey(keyFile), deadline - performance.now());
    if (carrier) return carrier;
  }
  return found;
}

async function announce(door: Door, keyFile: string): Promise<Seat | undefined> {
  const waiting: Socket[] = [];
  let welcome = (socket: Socket): void => {
    socket.on('error', () => undefined); // it went away before the engine was open
    waiting.push(socket);
  };
  const announced = await door.announce((socket) => welcome(socket));
  if (!announced) return undefined;

  const leave = (): void => {
    announced.withdraw();
    for (const socket of waiting.splice(0)) socket.destroy();
  };
  if (await somebodyElse(door, announced)) {
    leave();
    return undefined;
  }
  return {
    open(onClient) {
      const key = writeKey(keyFile);
      welcome = (socket) => {
        void greetAsEngine(socket, key).then((carrier) => carrier && onClient(carrier));
      };
      for (const socket of waiting.splice(0)) welcome(socket);
    },
    leave,
  };
}

async function somebodyElse(door: Door, own: Announced): Promise<boolean> {
  for (const address of door.addresses()) {
    if (address === own.address) continue;
    const socket = await knock(address);
    if (socket === 'dead') {
      door.forget(address);
      continue;
    }
    if (socket !== 'mute') socket.destroy();
    return true;
  }
  return false;
}

function readKey(keyFile: string): Uint8Array | undefined {
  try {
    return readFileSync(keyFile);
  } catch {
    return undefined; // who greets without having written a key is no engine of this profile
  }
}

/** Only who has the seat writes the key, so nobody can be in between the writing and the renaming. */
function writeKey(keyFile: string): Uint8Array {
  const key = Buffer.from(randomHex(), 'hex');
  writeFileSync(`${keyFile}.new`, key, { mode: 0o600 });
  renameSync(`${keyFile}.new`, keyFile);
  return key;
}
