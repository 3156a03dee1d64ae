import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Carrier, WireMessage } from '../shared/contract/wire.ts';
import { fileDoor } from './file-door.ts';
import { singleNameDoor } from './pipe-door.ts';
import { type Place, type Seat, takeSeatAt } from './seat.ts';

let profile: string;
const left: (() => void)[] = [];
beforeEach(() => {
  profile = realpathSync(mkdtempSync('/tmp/strata-seat-'));
});
afterEach(() => {
  for (const leave of left.splice(0)) leave();
  rmSync(profile, { recursive: true });
});

const doors = {
  'socket files': () => fileDoor(profile),
  // The address is as the pipes of Windows: one process can have it, and the system forgets it with the process.
  'one name': async () => singleNameDoor(`\0${profile}`),
};
const kinds = process.platform === 'linux' ? (['socket files', 'one name'] as const) : (['socket files'] as const);
const take = async (kind: keyof typeof doors, patience = 5000): Promise<Place> =>
  takeSeatAt(await doors[kind](), join(profile, 'engine.key'), patience);

async function takeFirst(kind: keyof typeof doors): Promise<Seat> {
  const place = await take(kind);
  if (place.role !== 'engine') throw new Error('the seat was not free');
  left.push(() => place.seat.leave());
  return place.seat;
}

const heard = (carrier: Carrier): Promise<unknown> => new Promise((resolve) => carrier.listen(resolve, () => resolve('closed')));
const hello: WireMessage = { type: 'hello', protocol: 1 };

describe.each(kinds)('the seat of a profile, by %s', (kind) => {
  it('goes to the first; the second becomes its client, and both hear each other', async () => {
    const seat = await takeFirst(kind);
    const engineSide = new Promise<Carrier>((resolve) => seat.open(resolve));
    const second = await take(kind);
    if (second.role !== 'client') throw new Error('two engines');
    left.push(() => second.carrier.close());
    second.carrier.send(hello);
    expect(await heard(await engineSide)).toEqual(hello);
    (await engineSide).send({ type: 'reply', id: 1, ok: true, value: { bytes: new Uint8Array([1, 2]) } });
    expect(await heard(second.carrier)).toEqual({ type: 'reply', id: 1, ok: true, value: { bytes: new Uint8Array([1, 2]) } });
  });

  it('lets a client wait until the engine is open', async () => {
    const seat = await takeFirst(kind);
    const second = take(kind);
    const engineSide = new Promise<Carrier>((resolve) => setTimeout(() => seat.open(resolve), 100));
    expect((await second).role).toBe('client');
    (await engineSide).close();
  });

  it('is free again when it was left', async () => {
    const seat = await takeFirst(kind);
    seat.leave();
    await takeFirst(kind);
  });

  it('says that the engine is busy when it never opens', async () => {
    await takeFirst(kind);
    await expect(take(kind, 200)).rejects.toMatchObject({ code: 'engine.busy', retry: 'later' });
  });

  it('sends nothing of the contract to who does not know the key', async () => {
    const seat = await takeFirst(kind);
    let clients = 0;
    seat.open(() => clients++);
    writeFileSync(join(profile, 'engine.key'), new Uint8Array(32));
    await expect(take(kind, 200)).rejects.toMatchObject({ code: 'engine.busy' });
    expect(clients).toBe(0);
  });

  it('tells a false engine nothing', async () => {
    const [address] = kind === 'one name' ? [`\0${profile}`] : [join(profile, 'engine-00000000.sock')];
    writeFileSync(join(profile, 'engine.key'), new Uint8Array(32));
    const received: string[] = [];
    const falseEngine = await listening(address, (line, answer) => {
      received.push(line);
      answer(JSON.stringify({ proof: '0'.repeat(64) }));
    });
    left.push(() => falseEngine.close());
    await expect(take(kind, 200)).rejects.toMatchObject({ code: 'engine.busy' });
    expect(received.length).toBeGreaterThan(0);
    for (const line of received) expect(Object.keys(JSON.parse(line) as object)).toEqual(['nonce', 'proof']);
  });
});

describe('socket files', () => {
  it('are for their owner alone, and gone when the seat is left', async () => {
    const seat = await takeFirst('socket files');
    seat.open(() => undefined);
    const [name] = readdirSync(profile).filter((entry) => entry.endsWith('.sock'));
    expect(statSync(join(profile, name ?? '')).mode & 0o777).toBe(0o600);
    expect(statSync(join(profile, 'engine.key')).mode & 0o777).toBe(0o600);
    seat.leave();
    expect(readdirSync(profile)).toEqual(['engine.key']);
  });

  it('of a killed process do not keep the seat', async () => {
    const child = candidate(profile);
    expect(await child.role).toBe('engine');
    child.kill();
    await child.ended;
    expect(readdirSync(profile).filter((name) => name.endsWith('.sock'))).toHaveLength(1);
    await takeFirst('socket files');
    expect(readdirSync(profile).filter((name) => name.endsWith('.sock'))).toHaveLength(1);
  });

  it('give the seat to exactly one of many that start at once, also after a crash', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 3; round++) {
      const children = Array.from({ length: 6 }, () => candidate(profile));
      const roles = await Promise.all(children.map((child) => child.role));
      expect(roles.filter((role) => role === 'engine')).toHaveLength(1);
      expect(roles.filter((role) => role === 'client')).toHaveLength(5);
      for (const child of children) child.kill();
      await Promise.all(children.map((child) => child.ended));
    }
  });

  it('work in a profile whose path is too long for a socket', async () => {
    const deep = mkdtempSync(join(profile, 'x'.repeat(100)));
    const door = await fileDoor(deep);
    const place = await takeSeatAt(door, join(deep, 'engine.key'), 1000);
    if (place.role !== 'engine') throw new Error('the seat was not free');
    const [address = ''] = door.addresses();
    expect(address).toMatch(/^\/tmp\/strata-\d+-[0-9a-f]{16}\/engine-/);
    place.seat.leave();
    expect(existsSync(address)).toBe(false);
    rmSync(join(address, '..'), { recursive: true });
  });
});

/** A process of its own that takes the seat, says which role it got, and stays until it is killed. */
function candidate(directory: string) {
  const script = `
    import { takeSeat } from ${JSON.stringify(new URL('./seat.ts', import.meta.url).href)};
    const place = await takeSeat(process.argv[1], 20_000);
    if (place.role === 'engine') place.seat.open(() => undefined);
    else place.carrier.listen(() => undefined, () => undefined);
    console.log(place.role);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    role: new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended: new Promise<void>((resolve) => child.once('exit', () => resolve())),
    kill: () => child.kill('SIGKILL'),
  };
}

/** Greets like an engine, whatever it knows. */
function listening(address: string, onLine: (line: string, answer: (line: string) => void) => void): Promise<Server> {
  const server = createServer((socket) => {
    const answer = (line: string): void => void socket.write(`${line}\n`);
    const lines = createInterface(socket);
    // Who is told something false goes in the middle of it; the reader of lines says that a second time.
    for (const one of [socket, lines]) one.on('error', () => undefined);
    lines.on('line', (line) => onLine(line, answer));
    answer(JSON.stringify({ strata: 1, nonce: '0'.repeat(64) }));
  });
  return new Promise((resolve) => server.listen(address, () => resolve(server)));
}
