import { describe, expect, it } from 'vitest';
import { linuxBattery, linuxNetwork, macBattery, macNetwork, windowsBattery, windowsNetwork } from './readings.ts';

describe('a battery', () => {
  it.each([
    [linuxBattery('83\n'), 83],
    [linuxBattery(''), null],
    [linuxBattery('999'), null],
    [macBattery("Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t57%; discharging; 4:12 remaining"), 57],
    [macBattery('No batteries'), null],
    [windowsBattery('\r\n91\r\n'), 91],
    [windowsBattery(''), null],
  ])('%s', (found, expected) => expect(found).toBe(expected));
});

describe('a network', () => {
  it('is read from NetworkManager, also where its name holds a colon', () => {
    expect(linuxNetwork('ethernet:unavailable:\nwifi:connected:home\\: upstairs\n', 'GENERAL.METERED:no\n')).toEqual({
      isMetered: false,
      network: 'home: upstairs',
    });
  });
  it('costs, where NetworkManager knows or guesses it', () => {
    expect(linuxNetwork('wifi:connected:phone\n', 'GENERAL.METERED:yes (guessed)\n\nGENERAL.METERED:no\n').isMetered).toBe(true);
    expect(linuxNetwork('wifi:disconnected:\n', 'GENERAL.METERED:unknown\n')).toEqual({ isMetered: false, network: null });
  });
  it('is read from what macOS and Windows say', () => {
    expect(macNetwork('<dictionary> {\n  BSSID : 00:11\n  SSID : café\n  IsExpensive : FALSE\n}')).toEqual({
      isMetered: false,
      network: 'café',
    });
    expect(windowsNetwork('    BSSID                  : 00:11\r\n    SSID                   : office\r\n', 'Fixed\r\n')).toEqual({
      isMetered: true,
      network: 'office',
    });
    expect(windowsNetwork('', 'Unrestricted\r\n')).toEqual({ isMetered: false, network: null });
  });
});
