import type { Step } from './step.ts';

const folder = 'src/engine/targets/local';
const file = `${folder}/local-target.ts`;

/** What makes bytes and names durable, and names them without replacing. */
export const diskSteps: readonly Step[] = [
  {
    name: 'a small file is synced before it has its name',
    file,
    text: `      file.write(bytes);
      file.sync();
    } catch (error) {`,
    without: `      file.write(bytes);
    } catch (error) {`,
    trial: 'crash',
    workload: 'later cycle',
  },
  {
    name: 'a pack is synced before it has its name',
    file: `${folder}/local-open-file.ts`,
    text: 'await this.#file.syncInBackground();',
    without: 'await Promise.resolve();',
    trial: 'crash',
    workload: 'later cycle',
  },
  {
    name: 'the name of a small file is synced',
    file,
    text: `      const result = giveName(aside);
      this.#syncFolderOf(name);`,
    without: '      const result = giveName(aside);',
    trial: 'crash',
    workload: 'later cycle',
  },
  {
    name: 'the name of a pack is synced',
    file,
    text: `      this.#giveName(aside, name);
      this.#syncFolderOf(name);`,
    without: '      this.#giveName(aside, name);',
    trial: 'crash',
    workload: 'later cycle',
  },
  {
    name: 'the name of a new folder is synced in the one above',
    file,
    text: '    this.#files.syncDirectory(`${this.label}/${folderOf(folder)}`);\n',
    without: '',
    trial: 'crash',
    workload: 'first cycle',
  },
  {
    name: 'the names of the folders that lead to a new storage are synced',
    file: `${folder}/folders.ts`,
    text: '    files.syncDirectory(above);\n',
    without: '',
    trial: 'crash',
    workload: 'create',
  },
  {
    name: 'a test-and-set does not replace',
    file,
    text: '        this.#files.link(this.#path(aside), this.#path(name));',
    without: '        this.#files.rename(this.#path(aside), this.#path(name));',
    trial: 'two at once',
  },
  {
    name: 'where a name is taken, a test-and-set says so',
    file,
    text: "        if (errnoOf(error) === 'EEXIST') return false;\n        if (!noLinks",
    without: "        if (errnoOf(error) === 'EEXIST') return true;\n        if (!noLinks",
    trial: 'two at once',
  },
  {
    name: 'without hard links a test-and-set is synced',
    file,
    text: '      file.sync();\n      isWhole = true;\n',
    without: '      isWhole = true;\n',
    trial: 'disk errors',
    workload: 'later cycle without hard links',
  },
  {
    name: 'a file whose sync failed is given up',
    file: `${folder}/local-open-file.ts`,
    text: `      // Never sync again and believe it: after a failed sync the system may call the lost pages clean.
      this.abandon();
      throw fileFailure(error, this.#path);`,
    without: '',
    trial: 'disk errors',
    workload: 'later cycle',
  },
  {
    name: 'a pack that could not be begun is closed',
    file: 'src/engine/storage/pack-writer.ts',
    text: `      this.abandon();
      throw error;`,
    without: '      throw error;',
    trial: 'disk errors',
    workload: 'later cycle',
  },
  {
    name: 'what has another file’s name is not called stored',
    file,
    text: "      else if (there.type !== 'file' || there.sizeBytes !== this.#files.lstat(this.#path(from))?.sizeBytes) throw error;\n",
    without: '',
    trial: 'taken name',
  },
];
