import fs from 'node:fs';
import path from 'node:path';

/** Somebody who uses a directory: files are written, renamed, deleted, get other rights; directories are made, renamed and deleted. */
export class RandomFiles {
  readonly #root: string;
  readonly #below: (limit: number) => number;
  #folders: string[] = [''];
  #files: string[] = [];
  #written = 0;

  constructor(root: string, below: (limit: number) => number) {
    this.#root = root;
    this.#below = below;
  }

  change(): void {
    const acts = [
      ...Array<() => boolean>(8).fill(() => this.#write(this.#free('f', this.#one(this.#folders)))),
      ...Array<() => boolean>(5).fill(() => this.#files.length > 0 && this.#write(this.#one(this.#files))),
      ...Array<() => boolean>(3).fill(() => this.#rename()),
      ...Array<() => boolean>(4).fill(() => this.#remove()),
      ...Array<() => boolean>(2).fill(() => this.#changeRights()),
      () => this.#make(),
      () => this.#renameFolder(),
      () => this.#removeFolder(),
    ];
    if (!this.#one(acts)()) return this.change(); // nothing to do it with: something else
    this.lookAgain();
  }

  lookAgain(): void {
    const all = fs.readdirSync(this.#root, { recursive: true, withFileTypes: true });
    const inRoot = (entry: fs.Dirent): string => path.relative(this.#root, path.join(entry.parentPath, entry.name));
    // Sorted: disks list in orders of their own, and the same chance is to do the same.
    this.#folders = ['', ...all.filter((entry) => entry.isDirectory()).map(inRoot)].sort();
    this.#files = all
      .filter((entry) => entry.isFile())
      .map(inRoot)
      .sort();
  }

  /** No two have the same time: a file is known as another by it. */
  #write(name: string): boolean {
    this.#written += 1;
    fs.writeFileSync(this.#at(name), `content ${this.#written} `.repeat(1 + this.#below(400)));
    const time = 1_600_000_000 + this.#below(10_000) * 1000 + this.#written;
    fs.utimesSync(this.#at(name), time, time);
    return true;
  }

  #rename(): boolean {
    if (this.#files.length === 0) return false;
    fs.renameSync(this.#at(this.#one(this.#files)), this.#at(this.#free('f', this.#one(this.#folders))));
    return true;
  }

  #remove(): boolean {
    if (this.#files.length === 0) return false;
    fs.rmSync(this.#at(this.#one(this.#files)));
    return true;
  }

  #changeRights(): boolean {
    if (this.#files.length === 0) return false;
    fs.chmodSync(this.#at(this.#one(this.#files)), this.#one([0o644, 0o600, 0o755, 0o640]));
    return true;
  }

  #make(): boolean {
    if (this.#folders.length > 8) return false;
    fs.mkdirSync(this.#at(this.#free('d', this.#one(this.#folders))));
    return true;
  }

  #renameFolder(): boolean {
    const folder = this.#one(this.#folders);
    const free = this.#folders.filter((other) => other !== folder && !other.startsWith(`${folder}/`));
    if (folder === '' || free.length === 0) return false;
    fs.renameSync(this.#at(folder), this.#at(this.#free('d', this.#one(free))));
    return true;
  }

  #removeFolder(): boolean {
    const folder = this.#one(this.#folders);
    if (folder === '' || this.#folders.length < 4) return false;
    fs.rmSync(this.#at(folder), { recursive: true });
    return true;
  }

  /** Names come back, so that another may stand where one was; no file is called like a directory. */
  #free(start: 'f' | 'd', folder: string): string {
    for (;;) {
      const name = path.join(folder, `${start}${this.#below(30)}${start === 'f' ? '.txt' : ''}`);
      if (!fs.existsSync(this.#at(name))) return name;
    }
  }

  #at(name: string): string {
    return path.join(this.#root, name);
  }

  #one<T>(all: readonly T[]): T {
    const one = all[this.#below(all.length)];
    if (one === undefined) throw new Error('none to choose from');
    return one;
  }
}
