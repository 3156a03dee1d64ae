/** Colours by which a person tells jobs apart; never the only sign of anything. */
export const jobColors = ['teal', 'gold', 'plum', 'slate', 'moss'] as const;
export type JobColor = (typeof jobColors)[number];

/** Who goes first among those that wait for the same. */
export const priorities = ['high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** Where a job goes in the order of one's own. */
export type JobPlace = { readonly at: 'first' | 'last' } | { readonly at: 'before' | 'after'; readonly job: string };
