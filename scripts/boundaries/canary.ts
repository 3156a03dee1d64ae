// Proves that the import rules can fail: builds a house with one offence or more against every rule
// and demands that exactly those are reported. A guard that cannot fail is no guard.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { cruiseRooms, rooms } from './cruise.ts';
import { circle, innocent, offences, packages } from './offences.ts';

/** One line for each way in which the rules did not do their duty; none means that they can be trusted. */
export async function askCanary(): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), 'strata-canary-'));
  try {
    const files = houseWithOffences();
    for (const [file, text] of files) write(join(root, file), text);
    for (const name of packages) {
      write(join(root, 'node_modules', name, 'package.json'), JSON.stringify({ name, version: '0.0.0', main: 'index.js' }));
      write(join(root, 'node_modules', name, 'index.js'), 'export {};\n');
    }
    const { modules, violations } = await cruiseRooms(root, ['src', 'test']);
    const seen = new Set(modules);
    return [
      ...[...files.keys()].filter((file) => !seen.has(file)).map((file) => `was not looked at: ${file}`),
      ...compare(new Set(violations.map(({ from, rule }) => `${from} breaks ${rule}`))),
      ...rulesWithoutOffence(),
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const offender = (number: number): string => `${offences[number]?.in ?? ''}/offence-${number}.ts`;

function houseWithOffences(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [file, imports] of Object.entries(innocent)) files.set(file, text(file, imports));
  for (const [number, { imports, typeOnly }] of offences.entries()) {
    files.set(offender(number), text(offender(number), [imports], typeOnly));
  }
  files.set(circle.first, text(circle.first, [circle.second]));
  files.set(circle.second, text(circle.second, [circle.first]));
  return files;
}

function text(from: string, imports: readonly string[], typeOnly = false): string {
  const lines = imports.map((to) => {
    const path = /^(src|test)\//.test(to) ? posix.relative(posix.dirname(from), to).replace(/^(?!\.)/, './') : to;
    return typeOnly ? `import type { Thing } from '${path}';` : `import '${path}';`;
  });
  return [...lines, 'export type Thing = 1;', ''].join('\n');
}

function compare(found: ReadonlySet<string>): readonly string[] {
  const wanted = new Set(offences.flatMap(({ breaks }, number) => breaks.map((rule) => `${offender(number)} breaks ${rule}`)));
  wanted.add(`${circle.first} breaks ${circle.breaks}`);
  return [
    ...[...wanted].filter((line) => !found.has(line)).map((line) => `was not reported: ${line}`),
    ...[...found].filter((line) => !wanted.has(line)).map((line) => `was reported without cause: ${line}`),
  ];
}

function rulesWithoutOffence(): readonly string[] {
  const proven = new Set<string>([circle.breaks, ...offences.flatMap(({ breaks }) => breaks)]);
  const names = (rooms.forbidden ?? []).map(({ name }) => name ?? '(without a name)');
  return names.filter((name) => !proven.has(name)).map((name) => `has no canary: ${name}`);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
