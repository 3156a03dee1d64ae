import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Everything of a tree that a person could notice, as text: for "nothing was changed" and "it came back the same". */
export function describeTree(root: string, options: { readonly changeTimes?: boolean } = {}): string[] {
  // Names are bytes here, so that the description does not depend on what is tested.
  const lines: string[] = [];
  const visit = (directory: Buffer, shown: Buffer): void => {
    for (const name of fs.readdirSync(directory, { encoding: 'buffer' }).sort((a, b) => Buffer.compare(a, b))) {
      const full = Buffer.concat([directory, Buffer.from('/'), name]);
      const below = Buffer.concat([shown, Buffer.from('/'), name]);
      const stat = fs.lstatSync(full, { bigint: true });
      const fields = [
        below.toString('latin1'),
        (stat.mode & 0o170000n).toString(8),
        (stat.mode & 0o7777n).toString(8),
        `${stat.uid}:${stat.gid}`,
        String(stat.mtimeNs),
        ...(options.changeTimes === true ? [String(stat.ctimeNs)] : []),
      ];
      if (stat.isFile()) fields.push(String(stat.size), fs.readFileSync(full).toString('base64'));
      if (stat.isSymbolicLink()) fields.push(fs.readlinkSync(full, { encoding: 'buffer' }).toString('latin1'));
      lines.push(fields.join('\t'));
      if (stat.isDirectory()) visit(full, below);
    }
  };
  visit(Buffer.from(root), Buffer.alloc(0));
  return lines;
}

/** Other people's programs are second opinions, where they are installed. */
export function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
export const hasAttributeTools = isInstalled('getfattr') && isInstalled('setfacl');

/** Extended attributes and access lists of everything below, as the tool shows them. */
export function describeAttributes(root: string): string[] {
  if (!hasAttributeTools) return [];
  const shown = execFileSync('getfattr', ['-R', '-h', '-d', '-m', '-', '.'], { cwd: root }).toString('latin1');
  // The tool shows files in whatever order the disk has them.
  return shown.split('\n\n').filter(Boolean).sort();
}

export const isRoot = process.getuid?.() === 0;

/** Names that break careless programs. Bytes, because some of them are no text. */
export const oddNames: readonly Buffer[] = [
  Buffer.from([0x66, 0xff, 0xfe, 0x6f]),
  Buffer.from([0xc3, 0x28]),
  Buffer.from([0xee, 0xbe, 0x80]), // the private-use character that stands for the invalid byte 80
  Buffer.from([0x80]),
  Buffer.from('new\nline'),
  Buffer.from('tab\tand\rreturn'),
  Buffer.from('\u0001control\u007f'),
  Buffer.from('x'.repeat(255)),
  Buffer.from('ü'.repeat(127)),
  Buffer.from('😀👩‍👩‍👧‍👦'),
  Buffer.from('\u00e9'), // NFC
  Buffer.from('e\u0301'), // NFD
  Buffer.from('-rf'),
  Buffer.from('--help'),
  Buffer.from('trailing.'),
  Buffer.from('trailing '),
  Buffer.from(' leading'),
  Buffer.from('back\\slash'),
  Buffer.from('a:b'),
  Buffer.from('C:'),
  Buffer.from('quo"te\'s`'),
  Buffer.from('$HOME'),
  Buffer.from('*'),
  Buffer.from('CON'),
  Buffer.from('nul.txt'),
  Buffer.from('PROGRA~1'),
  Buffer.from('...'),
  Buffer.from('\u202egpj.exe'),
  Buffer.from('zero\u200dwidth'),
  Buffer.from('UPPER'),
  Buffer.from('upper'),
  Buffer.from('%2e%2e%2f'),
];

export const below = (directory: string, name: Buffer): Buffer => Buffer.concat([Buffer.from(directory + path.sep), name]);
