import type { Failure } from './strata-error.ts';

/** One version that lacks something, as a person finds it. */
export interface LostVersion {
  /** As `source/folder/name`. */
  readonly item: string;
  readonly version: number;
  readonly fromMs: number;
  /** Null: it is what the item is now. */
  readonly toMs: number | null;
}

/** What a repair did, or would do. */
export interface RepairReport {
  readonly dryRun: boolean;
  /** Second copies of small vital files that are whole again. */
  readonly copiesMended: number;
  /** Ways to unlock that open nothing any more, and were put aside. */
  readonly waysLost: number;
  /** Damaged files that were put aside, never deleted; files that are not there; and files that lay in the trash by mistake. */
  readonly packsAside: number;
  readonly packsMissing: number;
  readonly packsFound: number;
  /** Pieces of content that were saved out of damaged files, and those that came from a mirror. */
  readonly chunksSaved: number;
  readonly chunksFromMirror: number;
  /** Pieces that are nowhere any more. The next cycle stores anew what a source still has of them. */
  readonly chunksLost: number;
  /** Descriptions of versions that were made again from the catalog; and those that are lost, with all that they described. */
  readonly manifestsRemembered: number;
  readonly manifestsLost: number;
  /** Where copies of the vital files lie as they were before; null: nothing was changed. */
  readonly aside: string | null;
  /** Who was asked for missing pieces; one that was not reached may have them. */
  readonly mirrors: readonly { readonly name: string; readonly reached: boolean }[];
  /** What lacks something, in numbers, and by name: at most 1000 versions. */
  readonly itemsLost: number;
  readonly versionsLost: number;
  readonly lost: readonly LostVersion[];
}

/** What changes something. */
const acts = [
  'packsAside',
  'packsMissing',
  'packsFound',
  'copiesMended',
  'waysLost',
  'chunksSaved',
  'chunksFromMirror',
  'manifestsRemembered',
] as const satisfies readonly (keyof RepairReport)[];

/** What is nowhere any more. It may have been so before: that is no reason to repair again. */
const losses = ['chunksLost', 'manifestsLost'] as const satisfies readonly (keyof RepairReport)[];

/** What is told of a repair, in this order, where there is any of it. */
export const repairFacts = [...acts, ...losses] as const;

export const changesNothing = (report: Pick<RepairReport, (typeof acts)[number]>): boolean =>
  acts.every((act) => report[act] === 0);

export const piecesLost = (report: Pick<RepairReport, (typeof losses)[number]>): number =>
  losses.reduce((sum, loss) => sum + report[loss], 0);

/** Perhaps only its STORAGE is lost or damaged: that of a plain copy does. */
export const mayOpenByCopy = (failure: Failure | null): boolean =>
  failure?.code === 'storage.not-found' || failure?.code === 'storage.damaged';
