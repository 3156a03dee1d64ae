import { keyBytes, type Sodium } from './sodium.ts';

/** What keys are for. A label is never used again for something else. docs/format/README.md, "Keys" */
export type KeyLabel =
  | 'chunk-id'
  | 'record-id'
  | 'data-enc'
  | 'meta-enc'
  | 'commit-mac'
  | 'chunker'
  | 'catalog'
  | 'export'
  | 'log-pseudonym'
  | 'pack-data'
  | 'pack-meta'
  | 'commit'
  | 'gear'
  | 'slot-password'
  | 'slot-recovery'
  | 'slot-device'
  | 'slot-note'
  | 'slot-sheet'
  | 'check-characters';

const none = new Uint8Array(0);

/**
 * Keyed BLAKE2b: key = parent, message = length of the label, label, context. Two messages are equal only when both parts are.
 * Neither libsodium binding has HKDF; `crypto_kdf` takes 8-byte contexts only.
 */
export function derive(
  sodium: Sodium,
  parent: Uint8Array,
  label: KeyLabel,
  context: Uint8Array = none,
  into: Uint8Array = new Uint8Array(keyBytes),
): Uint8Array {
  const message = new Uint8Array(1 + label.length + context.length);
  message[0] = label.length;
  for (let index = 0; index < label.length; index += 1) message[1 + index] = label.charCodeAt(index);
  message.set(context, 1 + label.length);
  sodium.keyedHash(into, message, parent);
  return into;
}
