import { create } from 'zustand';
import { type Failure, failureOf } from '../../shared/domain/strata-error.ts';

export interface ToastAction {
  readonly label: string;
  readonly act: () => void;
}

/** What happened, in words that are already in the person's language, or a failure that has its own sentence. */
export interface Toast {
  readonly id: number;
  readonly tone: 'success' | 'information' | 'failure';
  readonly title: string;
  readonly meaning?: string;
  readonly failure?: Failure;
  /** At most two. */
  readonly actions?: readonly ToastAction[];
}

interface Toasts {
  readonly toasts: readonly Toast[];
  show(toast: Omit<Toast, 'id'>): void;
  dismiss(id: number): void;
}

/** More than this at once is a wall; the oldest goes. */
const mostAtOnce = 4;
let lastId = 0;

export const useToasts = create<Toasts>((set) => ({
  toasts: [],
  show(toast) {
    lastId += 1;
    const fresh = { ...toast, id: lastId };
    set(({ toasts }) => ({ toasts: [...toasts, fresh].slice(-mostAtOnce) }));
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}));

/** For a button's work: what went wrong stays on the screen until it is dismissed. `title` says what was wanted. */
export async function tellFailure<Value>(title: string, work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    useToasts.getState().show({ tone: 'failure', title, failure: failureOf(error) });
    return undefined;
  }
}
