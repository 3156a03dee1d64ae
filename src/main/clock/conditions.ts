import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { powerMonitor } from 'electron';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import {
  linuxBattery,
  linuxNetwork,
  macBattery,
  macNetwork,
  type NetworkReading,
  windowsBattery,
  windowsNetwork,
} from './readings.ts';

type Conditions = NonNullable<CallInput<'clock.tick'>['conditions']>;
type Asked = CallOutput<'clock.tick'>['asks'];

const patienceMs = 5000;
const costScript =
  '[Windows.Networking.Connectivity.NetworkInformation,Windows,ContentType=WindowsRuntime]::GetInternetConnectionProfile().GetConnectionCost().NetworkCostType';

/** Asks the system only for what a job waits for: a tool is a process, and this happens each minute. */
export async function readConditions({ power, network }: Asked): Promise<Conditions> {
  return {
    battery: power ? await battery() : null,
    ...(network ? await networkNow() : { isMetered: false, network: null }),
  };
}

/** On battery with an unknown charge counts as full: only jobs that never run on battery wait. */
async function battery(): Promise<number | null> {
  if (!powerMonitor.isOnBatteryPower()) return null;
  return (await charge()) ?? 100;
}

async function charge(): Promise<number | null> {
  switch (process.platform) {
    case 'darwin':
      return macBattery(await said('pmset', ['-g', 'batt']));
    case 'win32':
      return windowsBattery(await powershell('(Get-CimInstance Win32_Battery).EstimatedChargeRemaining'));
    default:
      return linuxCharge('/sys/class/power_supply');
  }
}

async function linuxCharge(directory: string): Promise<number | null> {
  const names = await readdir(directory).catch(() => []);
  const name = names.find((one) => one.startsWith('BAT'));
  return name === undefined ? null : linuxBattery(await readFile(`${directory}/${name}/capacity`, 'utf8').catch(() => ''));
}

async function networkNow(): Promise<NetworkReading> {
  switch (process.platform) {
    case 'darwin':
      return macNetwork(await said('ipconfig', ['getsummary', 'en0']));
    case 'win32':
      return windowsNetwork(await said('netsh', ['wlan', 'show', 'interfaces']), await powershell(costScript));
    default:
      return linuxNetwork(
        await said('nmcli', ['-t', '-f', 'TYPE,STATE,CONNECTION', 'device']),
        await said('nmcli', ['-t', '-f', 'GENERAL.METERED', 'device', 'show']),
      );
  }
}

const powershell = (script: string): Promise<string> => said('powershell', ['-NoProfile', '-NonInteractive', '-Command', script]);

/** Empty where the tool is missing or fails: then nothing is known, and what a job waits for stays unfulfilled in plain sight. */
const said = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: patienceMs, windowsHide: true }, (error, stdout) =>
      resolve(error === null ? stdout : ''),
    );
  });
