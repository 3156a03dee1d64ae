import type { SourceSummary } from '../state/index.ts';

/** Nothing can be read or written there until a person has given what lets Strata in. */
export const isLockedOut = ({ secret }: Pick<SourceSummary, 'secret'>): boolean => secret === 'missing' || secret === 'expired';
