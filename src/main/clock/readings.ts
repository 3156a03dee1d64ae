/** What the systems' own tools say about power and networks, read; anything unknown is null, and no reason to wait. */

export interface NetworkReading {
  readonly isMetered: boolean;
  /** The wireless network's name; null: none. */
  readonly network: string | null;
}

/** Linux: /sys/class/power_supply/BAT0/capacity. */
export const linuxBattery = (capacity: string): number | null => percentOf(/^\s*(\d{1,3})\s*$/u.exec(capacity)?.[1]);

/** macOS: `pmset -g batt`. */
export const macBattery = (text: string): number | null => percentOf(/(\d{1,3})%/u.exec(text)?.[1]);

/** Windows: `(Get-CimInstance Win32_Battery).EstimatedChargeRemaining`; one line for each battery. */
export const windowsBattery = (text: string): number | null => percentOf(/^\s*(\d{1,3})\s*$/mu.exec(text)?.[1]);

function percentOf(text: string | undefined): number | null {
  const percent = Number(text ?? Number.NaN);
  return percent >= 0 && percent <= 100 ? percent : null;
}

/** NetworkManager: `nmcli -t -f TYPE,STATE,CONNECTION device` and `nmcli -t -f GENERAL.METERED device show`. A colon in a name is `\:`. */
export function linuxNetwork(devices: string, metered: string): NetworkReading {
  const wireless = devices
    .split('\n')
    .map((line) => line.split(/(?<!\\):/u))
    .find(([type, state]) => type === 'wifi' && state === 'connected');
  return {
    // "yes (guessed)" is what it says of a telephone that shares its network.
    isMetered: /^GENERAL\.METERED:yes/mu.test(metered),
    network: wireless === undefined ? null : wireless.slice(2).join(':').replaceAll('\\:', ':') || null,
  };
}

/** macOS: `ipconfig getsummary en0`. It has no notion of a network that costs but "low data mode". */
export const macNetwork = (text: string): NetworkReading => ({
  isMetered: /\bIsExpensive\s*:\s*(?:TRUE|1)\b/iu.test(text),
  network: /^\s*SSID\s*:\s*(.+?)\s*$/mu.exec(text)?.[1] ?? null,
});

/** Windows: `netsh wlan show interfaces`, and the cost type of the internet connection's profile. */
export const windowsNetwork = (wlan: string, cost: string): NetworkReading => ({
  isMetered: /^\s*(?:Fixed|Variable)\s*$/mu.test(cost),
  network: /^\s*SSID\s*:\s*(.+?)\s*$/mu.exec(wlan)?.[1] ?? null,
});
