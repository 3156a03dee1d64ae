import { type CrashVariant, cutPowerAt, PowerCut } from '../../kit/sim-file-system.ts';
import { testRun, testStorage } from '../../kit/storage-world.ts';
import { isStrataError } from '../../../src/shared/domain/strata-error.ts';
import { tryPassword } from '../../../src/engine/storage/index.ts';
import { type CommandName, commands } from './commands/index.ts';
import { nothingChanges, type Prepared } from './commands/command.ts';
import { isOurs, makeOurs } from './commands/machines.ts';
import { requireEqual, requireMirrored } from './comparing.ts';
import { type Beginning, ModelWorld } from './model-world.ts';
import { copyPlain, emptyPlain, type PlainStorage } from './plain-storage.ts';

/** One command of a history. */
export interface Step {
  readonly what: CommandName;
  /** What it has to choose, it chooses by this. */
  readonly n: number;
  /** The power goes out before that operation, if it comes to that. */
  readonly cut?: { readonly at: number; readonly variant: CrashVariant };
}

export interface Lived {
  commands: number;
  cuts: number;
}

/** Does it all, and throws where the storage is not what the map is. */
export async function liveThrough(steps: readonly Step[], beginning: Beginning, folder: string, lived: Lived): Promise<void> {
  const world = new ModelWorld(folder, beginning);
  try {
    await world.reopen();
    let plain = emptyPlain(testStorage.password);
    for (const step of steps) plain = await takeStep(world, plain, step, lived);
    await world.start();
    await requireEqual(world, plain, 'all');
    await requireMirrored(world, plain);
    const { findings } = await world.storage.check('all', () => [], testRun(world.deps));
    if (findings.length > 0) throw new Error(`a check found ${JSON.stringify(findings[0])}`);
  } finally {
    world.close();
  }
}

async function takeStep(world: ModelWorld, plain: PlainStorage, { what, n, cut }: Step, lived: Lived): Promise<PlainStorage> {
  await world.deps.clock.advance(60_000);
  const prepared = await commands[what](world, plain, n);
  if (prepared === undefined) return plain;
  lived.commands += 1;
  const power = cut && cutPowerAt(world.files, cut.at);
  try {
    await prepared.act();
  } catch (error) {
    if (power?.isCut !== true && !(error instanceof PowerCut)) throw error;
  }
  world.files.onOperation(undefined);
  if (cut === undefined || power?.isCut !== true) return requireOneOf(world, plain, prepared, prepared.outcomes.slice(0, 1));
  lived.cuts += 1;
  await world.crash(cut.variant);
  const after = await requireOneOf(world, plain, prepared, [nothingChanges, ...prepared.outcomes]);
  if (await isOurs(world.storage, world)) return after;
  // It was broken off while it changed hands.
  await makeOurs(world.storage, world);
  await world.reopen();
  return after;
}

async function requireOneOf(
  world: ModelWorld,
  plain: PlainStorage,
  { alsoLooksAt }: Prepared,
  outcomes: Prepared['outcomes'],
): Promise<PlainStorage> {
  const complaints: string[] = [];
  for (const outcome of outcomes) {
    const after = copyPlain(plain);
    try {
      await outcome(after);
      await requireEqual(world, after, alsoLooksAt === 'all bytes' ? 'all' : 'present');
      if (alsoLooksAt === 'mirror') await requireMirrored(world, after);
      if (alsoLooksAt === 'passwords') await requirePasswords(world, after);
      return after;
    } catch (error) {
      if (isStrataError(error)) throw error;
      complaints.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(complaints.join('; or '));
}

async function requirePasswords({ passwords, target }: ModelWorld, plain: PlainStorage): Promise<void> {
  for (const password of passwords) {
    const opens = await tryPassword(target, password).then(
      () => true,
      () => false,
    );
    if (opens !== plain.passwords.includes(password)) throw new Error(`${password} opens: ${String(opens)}`);
  }
}
