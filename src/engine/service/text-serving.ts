import type { MessagePort } from 'node:worker_threads';
import type { ItemKind } from '../../shared/domain/item.ts';
import { itemText } from './item-text.ts';
import { pdfText } from './pdf-text.ts';

/** Answered one after the other, in the order in which they come. */
export interface ToTexts {
  readonly kind: ItemKind;
  readonly name: string;
  readonly bytes: Uint8Array;
}
/** `so-far` may come before the text of an item: what there is without that which may take too much. */
export type FromTexts = { readonly type: 'ready' } | { readonly type: 'so-far' | 'text'; readonly text: string };

/** The life of the thread that reads what items say. Whatever it dies of concerns the item at hand. */
export function serveTexts(port: MessagePort): void {
  const say = (message: FromTexts): void => port.postMessage(message);
  const soFar = (text: string): void => say({ type: 'so-far', text });
  let last = Promise.resolve();
  port.on('message', ({ kind, name, bytes }: ToTexts) => {
    last = last.then(async () => say({ type: 'text', text: await itemText(kind, name, bytes, { pdfText, soFar }) }));
  });
  say({ type: 'ready' });
}
