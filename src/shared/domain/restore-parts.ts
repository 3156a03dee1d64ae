/**
 * What a restore can leave out. `items`: all that lies in folders, so that only those come back, with their properties. `marks`: read,
 * flagged and keywords of messages. `owners`: owner, rights and extended attributes of files, which then are as if they were made anew.
 */
export const restoreParts = ['items', 'marks', 'owners'] as const;
export type RestorePart = (typeof restoreParts)[number];

/** Whether what is written there can be read back item by item. Mail folders and pocket archives are written as a whole. */
export const canReadBack = (target: string): boolean => target !== 'mbox' && target !== 'pocket';
