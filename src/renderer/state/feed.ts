import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { type Failure, failureOf } from '../../shared/domain/strata-error.ts';

/** Something of the engine's that the window mirrors. The last good value stays while a newer one is read, or could not be. */
export interface Feed<Value> {
  /** Null until it was read for the first time. */
  readonly value: Value | null;
  readonly failure: Failure | null;
  refresh(): Promise<void>;
}

export type FeedStore<Value> = UseBoundStore<StoreApi<Feed<Value>>>;

/** Refreshes that are asked for while one is under way become one more, so that the newest state is always read in the end. */
export function createFeed<Value>(read: () => Promise<Value>): FeedStore<Value> {
  let running: Promise<void> | null = null;
  let again = false;

  return create<Feed<Value>>((set) => {
    const readUntilStill = async (): Promise<void> => {
      do {
        again = false;
        try {
          set({ value: await read(), failure: null });
        } catch (error) {
          set({ failure: failureOf(error) });
        }
      } while (again);
      running = null;
    };
    return {
      value: null,
      failure: null,
      refresh() {
        if (running) again = true;
        else running = readUntilStill();
        return running ?? Promise.resolve();
      },
    };
  });
}
