import type { ModelWorld } from '../model-world.ts';
import type { PlainStorage } from '../plain-storage.ts';

/** What has become true, told to a copy of the map when it is done. */
export type Outcome = (plain: PlainStorage) => void | Promise<void>;

export interface Prepared {
  act(): Promise<void>;
  /** The first, when it was done; any of them, or none, when the power went out meanwhile. */
  readonly outcomes: readonly Outcome[];
  /** What is looked at beside listings, histories and the bytes of what is there now. */
  readonly alsoLooksAt?: 'all bytes' | 'mirror' | 'passwords';
}

/** `n`: whatever it has to choose. Undefined: there is nothing to do. */
export type Command = (world: ModelWorld, plain: PlainStorage, n: number) => Prepared | undefined | Promise<Prepared | undefined>;

export const nothingChanges: Outcome = () => undefined;
