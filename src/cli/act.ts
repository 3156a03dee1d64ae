import type { Context } from './context.ts';

export type Action<Options> = (context: Context, words: string[], options: Options) => Promise<void>;
/** Makes an action of commander's out of ours: opens the engine, runs it, closes the engine. */
export type Act = <Options>(action: Action<Options>) => (...received: unknown[]) => Promise<void>;
