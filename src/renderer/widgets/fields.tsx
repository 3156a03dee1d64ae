import type { ReactNode } from 'react';
import css from './fields.module.css';

/** A column of fields, as wide as a sentence is easy to read. */
export function Fields({ children }: { readonly children: ReactNode }) {
  return <div className={css['fields']}>{children}</div>;
}

/** Fields side by side on one base line; the first takes the room that is left. They go below each other where it is narrow. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={css['row']}>{children}</div>;
}
