import { Fragment, type ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './facts.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names at the left, values at the right. */
export function FactList({ facts, wide }: { readonly facts: readonly Fact[]; readonly wide?: boolean }) {
  return (
    <dl className={classes(css['list'], wide && css['wide'])}>
      {facts.map(({ name, value }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

export interface BigFact {
  readonly name: string;
  readonly value: string;
  readonly tone?: 'plain' | 'warning' | 'failed' | 'fine';
}

/** Numbers side by side, each over its word. */
export function BigFacts({ facts }: { readonly facts: readonly BigFact[] }) {
  return (
    <dl className={css['big']}>
      {facts.map(({ name, value, tone = 'plain' }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={css[tone]}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
