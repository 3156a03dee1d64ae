import { type CrashVariant, PowerCut, type Pretence, type SimFileSystem } from '../kit/sim-file-system.ts';
import type { Workload } from './workload.ts';

export interface Violation {
  readonly workload: string;
  /** Before which operation the power went out; the last is the end. */
  readonly operation: number;
  readonly variant: CrashVariant;
  /** Where the recovery was broken off, too. */
  readonly again?: { readonly operation: number; readonly variant: CrashVariant };
  readonly what: string;
}

export interface CrashTally {
  /** Moments times ways to crash. */
  readonly states: number;
  /** Of these, how many were not the same disk with the same promise as an earlier one. Each was judged. */
  readonly different: number;
  readonly violations: Violation[];
}

/** A disk as it was before an operation, and what was promised then. */
interface Moment {
  readonly disk: SimFileSystem;
  readonly promised: unknown;
}

export interface CrashPlan {
  readonly variants: readonly CrashVariant[];
  /** How the recovery of each different state is crashed, too; none: it is not. Every `everySo`th state. */
  readonly again?: { readonly variants: readonly CrashVariant[]; readonly everySo: number };
  readonly pretend?: Pretence;
  /** Stops at the first violation. */
  readonly isHasty?: boolean;
}

/**
 * Cuts the power before each operation of a workload, and looks at what each kind of crash leaves.
 * The workload runs once: a copy of the disk is taken before each operation, and costs nothing.
 */
export async function crashEverywhere(workload: Workload, plan: CrashPlan): Promise<CrashTally> {
  const judge = new Judge(workload);
  for (const [index, { disk, promised }] of (await momentsOf(workload, plan.pretend)).entries()) {
    for (const variant of plan.variants) {
      const at = { operation: index + 1, variant };
      const found = disk.afterCrash(variant);
      const isNew = await judge.hear(found, promised, at);
      if (plan.isHasty === true && judge.tally.violations.length > 0) return judge.tally;
      const { again } = plan;
      if (isNew && again !== undefined && judge.tally.different % again.everySo === 0)
        await crashRecovery(judge, found, promised, at, again.variants);
    }
  }
  return judge.tally;
}

async function crashRecovery(
  judge: Judge,
  found: SimFileSystem,
  promised: unknown,
  at: Pick<Violation, 'operation' | 'variant'>,
  variants: readonly CrashVariant[],
): Promise<void> {
  const { workload } = judge;
  const moments = await recorded(
    found.copy(),
    () => promised,
    (files) => workload.recover(files),
  );
  for (const [index, moment] of moments.entries()) {
    for (const variant of variants) {
      await judge.hear(moment.disk.afterCrash(variant), promised, { ...at, again: { operation: index + 1, variant } });
    }
  }
}

/** What a workload leaves before each of its operations, and at its end. */
export async function momentsOf(workload: Workload, pretend?: Pretence): Promise<Moment[]> {
  const progress = { promised: workload.promisedBefore };
  const files = workload.before.copy();
  files.pretend(pretend);
  return recorded(
    files,
    () => progress.promised,
    (disk) => workload.run(disk, progress),
  );
}

async function recorded(
  files: SimFileSystem,
  promised: () => unknown,
  run: (files: SimFileSystem) => Promise<void>,
): Promise<Moment[]> {
  const moments: Moment[] = [];
  const take = (): void => void moments.push({ disk: files.copy(), promised: promised() });
  files.onOperation(take);
  await run(files);
  files.onOperation(undefined);
  take();
  return moments;
}

/** Judges each state once: equal disks with equal promises have equal verdicts. */
class Judge {
  readonly workload: Workload;
  readonly tally = { states: 0, different: 0, violations: [] as Violation[] };
  readonly #seen = new Set<string>();
  readonly #promises: unknown[] = [];

  constructor(workload: Workload) {
    this.workload = workload;
  }

  /** True where this disk is one that was not seen with this promise. */
  async hear(found: SimFileSystem, promised: unknown, at: Omit<Violation, 'workload' | 'what'>): Promise<boolean> {
    this.tally.states += 1;
    const key = `${this.#numberOf(promised)}\n${found.fingerprint()}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    this.tally.different += 1;
    try {
      await this.workload.judge(found.copy(), promised);
    } catch (error) {
      if (error instanceof PowerCut) throw error;
      this.tally.violations.push({ workload: this.workload.name, ...at, what: told(error) });
    }
    return true;
  }

  #numberOf(promised: unknown): number {
    const known = this.#promises.indexOf(promised);
    return known >= 0 ? known : this.#promises.push(promised) - 1;
  }
}

export const told = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message} ${JSON.stringify(error)}` : String(error);
