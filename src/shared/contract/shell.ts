import { bytes } from './values.ts';
import { failure, httpsUrl } from './values.ts';
import { z } from './z.ts';

/**
 * What the window asks of the main process: only what needs the desktop. Nothing here reaches data.
 * Paths that a person picked come back as text, to be shown; the engine decides what they are good for.
 */
export const shellCalls = {
  'shell.pickDirectory': {
    input: z.object({ title: z.string().max(200), start: z.string().max(4096).nullable() }),
    output: z.object({ path: z.string().nullable() }),
  },
  'shell.saveText': {
    input: z.object({ title: z.string().max(200), fileName: z.string().max(200), text: z.string().max(100_000) }),
    output: z.object({ saved: z.boolean() }),
  },
  'shell.saveBytes': {
    input: z.object({ title: z.string().max(200), fileName: z.string().max(200), bytes: bytes }),
    output: z.object({ saved: z.boolean() }),
  },
  'shell.print': { input: z.object({}), output: z.object({}) },
  /** Opens a folder that a run wrote to, in the system's file manager. */
  'shell.showDirectory': { input: z.object({ path: z.string().max(32_768) }), output: z.object({ shown: z.boolean() }) },
  /** Opens a page in the person's own browser. False: there is none, or this is no page. */
  'shell.openPage': { input: z.object({ address: httpsUrl }), output: z.object({ opened: z.boolean() }) },
  /** Puts a sanitised document under a fresh `mail-preview://` address; null text frees the last one. */
  'shell.previewDocument': {
    input: z.object({ html: z.string().max(20_000_000).nullable() }),
    output: z.object({ url: z.string().nullable() }),
  },
  'shell.setTheme': { input: z.object({ theme: z.enum(['system', 'light', 'dark']) }), output: z.object({}) },
  'shell.answerClose': { input: z.object({ keepRunning: z.boolean(), remember: z.boolean() }), output: z.object({}) },
  'shell.quit': { input: z.object({}), output: z.object({}) },
} as const;
export type ShellCallName = keyof typeof shellCalls;

/** What main says to the window. */
export const shellNotices = {
  /** `starting`, `ready`, or `failed` after the engine died too often to be started again. */
  'shell.engine': z.object({
    state: z.enum(['starting', 'ready', 'failed']),
    restarts: z.number().int().min(0),
    /** Why it failed, where the engine could still say so. */
    failure: failure.nullable(),
  }),
  /** The tray or the menu asks for a screen. */
  'shell.goTo': z.object({ route: z.string().max(2000) }),
  /** The window was closed for the first time: ask whether to go on in the background. */
  'shell.askClose': z.object({ runs: z.number().int().min(0) }),
} as const;
export type ShellNoticeName = keyof typeof shellNotices;

/** What the preload puts on `window.strata`, and nothing else. */
export interface ShellBridge {
  /** Rejects with an Error whose message is a failure's code: nothing more survives the bridge. */
  call<Name extends ShellCallName>(
    name: Name,
    input: z.input<(typeof shellCalls)[Name]['input']>,
  ): Promise<z.output<(typeof shellCalls)[Name]['output']>>;
  on<Name extends ShellNoticeName>(name: Name, listener: (notice: z.output<(typeof shellNotices)[Name]>) => void): () => void;
  /**
   * Asks for a port to the engine. The page gets it as a `message` event whose data is `strata-engine-port`, now and after each
   * restart of the engine. Asking again after `failed` tries to start the engine once more.
   */
  ready(): void;
  readonly platform: string;
  readonly locale: string;
}
