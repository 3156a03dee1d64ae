import { StrataError } from '../../shared/domain/strata-error.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export type NamedKind = 'storage' | 'mirror' | 'source' | 'job' | 'run' | 'item' | 'folder' | 'channel' | 'action';

/** Names are unique per kind, whatever their case, so that a person can use them wherever an id can stand. */
export function refuseTakenName(kind: NamedKind, name: string, others: readonly Named[], own?: string): void {
  const wanted = name.toLocaleLowerCase('en');
  const taken = others.some((other) => other.id !== own && other.name.toLocaleLowerCase('en') === wanted);
  if (taken) throw new StrataError('name.taken', 'after-user-action', { kind, name });
}

export function known<Thing extends { readonly id: string }>(kind: NamedKind, id: string, things: readonly Thing[]): Thing {
  const thing = things.find((other) => other.id === id);
  if (thing === undefined) throw new StrataError('name.unknown', 'never', { kind, name: id });
  return thing;
}
