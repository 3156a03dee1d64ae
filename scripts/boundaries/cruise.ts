import { createRequire } from 'node:module';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';

export const rooms = createRequire(import.meta.url)('./rooms.cjs') as IConfiguration;

export interface Findings {
  /** Every module that was looked at, as a path from the root. */
  readonly modules: readonly string[];
  readonly violations: ReadonlyArray<{ readonly from: string; readonly to: string; readonly rule: string }>;
}

/** Judges the TypeScript under `folders` of `root` by the rules of the rooms. */
export async function cruiseRooms(root: string, folders: readonly string[]): Promise<Findings> {
  const { forbidden = [], options = {} } = rooms;
  const { enhancedResolveOptions, ...cruiseOptions } = options;
  const { output } = await cruise(
    [...folders],
    { ...cruiseOptions, baseDir: root, ruleSet: { forbidden }, validate: true },
    enhancedResolveOptions,
  );
  const { modules, summary } = output as ICruiseResult;
  return {
    modules: modules.map((module) => module.source),
    violations: summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name })),
  };
}
