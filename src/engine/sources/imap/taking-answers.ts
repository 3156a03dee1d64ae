import type { ImapFlow } from 'imapflow';
import { type FetchedMessage, readFetchAnswer } from './fetch-answer.ts';

/** What is used of imapflow's inside, whose version is pinned: whatever the server says goes through this, one answer after the other. */
interface Inner {
  handleResponse(answer: { readonly payload: Buffer; readonly literals: readonly Buffer[] }): Promise<boolean> | boolean;
  /** The command that is under way. */
  readonly currentRequest: false | { readonly command: string };
}

/**
 * Until the returned function is called, what a `UID FETCH` brings goes to `take` where it comes in its usual form: imapflow needs many
 * times as long to read it, half of that for its log. All else, a strange form among it, is still imapflow's.
 */
export function takeAnswers(client: ImapFlow, take: (message: FetchedMessage) => void): () => void {
  const inner = client as unknown as Inner;
  const handle = inner.handleResponse.bind(client);
  inner.handleResponse = (answer) => {
    const { currentRequest } = inner;
    const isExpected = currentRequest !== false && currentRequest.command === 'UID FETCH';
    const message = isExpected ? readFetchAnswer(answer.payload, answer.literals) : undefined;
    if (message === undefined) return handle(answer);
    take(message);
    return true;
  };
  return () => {
    inner.handleResponse = handle;
  };
}
