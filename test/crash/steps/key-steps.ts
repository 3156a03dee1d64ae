import type { Step } from './step.ts';

const storage = 'src/engine/storage';

/** What keeps a way in. */
export const keySteps: readonly Step[] = [
  {
    name: 'a new slot is opened before it is written',
    file: `${storage}/proved-slots.ts`,
    text: '  if (!isSame) throw unproved();\n',
    without: '',
    trial: 'rotten slot',
  },
  {
    name: 'a slot is read back when it is written',
    file: `${storage}/key-slots.ts`,
    text: '  if (files.every((each) => Buffer.compare(target.read(each), file) === 0)) return name;\n',
    without: '  if (files.length > 0) return name;\n',
    trial: 'lying disk',
    workload: 'change password',
  },
  {
    name: 'old slots go when the new ones are there',
    file: `${storage}/change-keys.ts`,
    text: '    putSlot(target, deps.random, file);\n    trash(change, () => true);\n',
    without: '    trash(change, () => true);\n    putSlot(target, deps.random, file);\n',
    trial: 'crash',
    workload: 'new master key',
  },
  {
    name: 'a new master key is in force when its recovery key is there',
    file: `${storage}/change-keys.ts`,
    text: "    const { sheet } = await putRecoveryKey(renewed, newSlot(renewed, 'recovery', ''));\n    putSlot(target, deps.random, file);\n",
    without:
      "    putSlot(target, deps.random, file);\n    const { sheet } = await putRecoveryKey(renewed, newSlot(renewed, 'recovery', ''));\n",
    trial: 'crash',
    workload: 'new master key',
  },
];
