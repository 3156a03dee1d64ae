import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { systemMachine } from './system-machine.ts';

const files = new NodeFileSystem();

describe('the machine', () => {
  it('keeps its id in the profile, alone there', () => {
    const profile = temporaryFolder();
    const first = systemMachine(files, profile, seededRandom(1));
    const second = systemMachine(files, profile, seededRandom(2));
    expect(first.machineId).toMatch(/^[0-9a-z]{20}$/);
    expect(second.machineId).toBe(first.machineId);
    expect(fs.readdirSync(profile)).toEqual(['machine-id']);
    expect(systemMachine(files, temporaryFolder(), seededRandom(2)).machineId).not.toBe(first.machineId);
  });

  it('makes a new id where the old one is damaged', () => {
    const profile = temporaryFolder();
    fs.writeFileSync(`${profile}/machine-id`, '');
    const { machineId } = systemMachine(files, profile, seededRandom(3));
    expect(machineId).toMatch(/^[0-9a-z]{20}$/);
    expect(systemMachine(files, profile, seededRandom(4)).machineId).toBe(machineId);
  });

  it('knows a process by its number and its start', async () => {
    const machine = systemMachine(files, temporaryFolder(), seededRandom(5));
    expect(machine.isAlive(process.pid, machine.processStart)).toBe(true);
    if (process.platform === 'linux') {
      expect(machine.bootId).not.toBe('');
      expect(machine.processStart).toMatch(/^[0-9]+@pid:/);
      const space = machine.processStart.split('@')[1] ?? '';
      expect(machine.isAlive(process.pid, `1@${space}`)).toBe(false);
      // Another container's process of any number may well be alive.
      expect(machine.isAlive(process.pid, '1@pid:[1]')).toBe(true);
    }
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    const pid = child.pid ?? 0;
    const space = machine.processStart.replace(/^[^@]*/, '');
    const start = process.platform === 'linux' ? `${fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[21]}${space}` : '';
    expect(machine.isAlive(pid, start)).toBe(true);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(machine.isAlive(pid, start)).toBe(false);
  });
});
