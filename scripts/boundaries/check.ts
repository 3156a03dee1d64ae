// `node scripts/boundaries/check.ts`: are the import rules of the rooms kept, and would they tell us if they were not?
import { existsSync, globSync } from 'node:fs';
import { askCanary } from './canary.ts';
import { cruiseRooms, rooms } from './cruise.ts';

const folders = ['src', 'test'].filter((folder) => existsSync(folder));
const { modules, violations } = await cruiseRooms(process.cwd(), folders);
const seen = new Set(modules);

const complaints = [
  ...violations.map(({ from, to, rule }) => `${from} → ${to}\n    ${rule}: ${reason(rule)}`),
  // The floor: the checker must have looked at every file that there is, or "no violations" means nothing.
  ...globSync(folders.map((folder) => `${folder}/**/*.{ts,tsx}`))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !seen.has(file))
    .map((file) => `was not looked at: ${file}`),
  ...(await askCanary()).map((line) => `canary: ${line}`),
];

for (const line of complaints) console.error(line);
console.log(`${rooms.forbidden?.length ?? 0} rules, ${seen.size} modules, ${complaints.length} complaints`);
process.exitCode = complaints.length === 0 ? 0 : 1;

function reason(name: string): string {
  return rooms.forbidden?.find((rule) => rule.name === name)?.comment ?? 'no reason given';
}
