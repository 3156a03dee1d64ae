import fs from 'node:fs';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { type FileContent, StableFile } from './stable-file.ts';

const files = new NodeFileSystem();

function planted(): FileContent & { readonly changeNs: bigint } {
  const path = `${temporaryFolder()}/a`;
  fs.writeFileSync(path, 'content');
  const { sizeBytes, modifyNs, inode, changeNs } = files.lstat(path)!;
  return { kind: 'file', path, sizeBytes, modifyNs, inode, changeNs };
}

const changed = expect.objectContaining({ code: 'item.changed-while-reading' }) as unknown;

it('is not believed where its rights or attributes were changed while it was open, if they belong to what is stored', () => {
  const content = planted();
  const { changeNs: _, ...bytesAlone } = content;
  const [whole, bytes] = [StableFile.open(files, content), StableFile.open(files, bytesAlone)];
  do fs.chmodSync(content.path, 0o600);
  while (files.lstat(content.path)?.changeNs === content.changeNs); // the system's clock ticks every few milliseconds
  expect(() => whole.finish()).toThrow(changed);
  expect(() => bytes.finish()).not.toThrow();
  expect(() => StableFile.open(files, content)).toThrow(changed);
  for (const file of [whole, bytes]) file.close();
});
