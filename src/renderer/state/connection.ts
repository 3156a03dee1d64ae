import { create } from 'zustand';
import { type EngineState, engine } from '../client/index.ts';

export const useConnection = create<{ readonly engine: EngineState }>(() => ({ engine: 'starting' }));

export function followConnection(): void {
  engine.onState((state) => useConnection.setState({ engine: state }));
}
