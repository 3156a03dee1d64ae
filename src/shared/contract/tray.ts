/** What the tray says, as the small window shows it that a click on the tray opens on Windows and macOS. Every text is in the person's language. */
export interface TrayShown {
  readonly language: string;
  readonly theme: 'light' | 'dark';
  /** The app's name and how things are, in one line. */
  readonly tip: string;
  readonly state: 'idle' | 'working' | 'paused' | 'needs-you';
  readonly groups: readonly (readonly TrayEntry[])[];
}

export interface TrayEntry {
  /** What is chosen is told by this, and by nothing else: the page knows no action. */
  readonly id: string;
  readonly label: string;
  readonly canBeChosen: boolean;
  /** Of what runs; null: it is still being counted. */
  readonly percent?: number | null;
  readonly below: readonly TrayEntry[];
}

/** What the preload of that window puts on `window.strataTray`, and nothing else: it has no way to the engine. */
export interface TrayBridge {
  /** Tells what is shown, now and whenever it changes. */
  onShown(listener: (shown: TrayShown) => void): void;
  choose(id: string): void;
  close(): void;
}

/** The names of its channels. */
export const trayChannels = {
  shown: 'strata-tray:shown',
  ready: 'strata-tray:ready',
  choose: 'strata-tray:choose',
  close: 'strata-tray:close',
} as const;
