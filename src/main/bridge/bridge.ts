import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type MessagePortMain, type WebContents } from 'electron';
import { type ShellCallName, type ShellNoticeName, shellCalls, type shellNotices } from '../../shared/contract/shell.ts';
import type { z } from '../../shared/contract/z.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { isAppAddress } from '../windows/app-scheme.ts';
import { createRate } from './rate.ts';

export type ShellInput<Name extends ShellCallName> = z.output<(typeof shellCalls)[Name]['input']>;
export type ShellOutput<Name extends ShellCallName> = z.input<(typeof shellCalls)[Name]['output']>;
export type ShellHandlers = {
  readonly [Name in ShellCallName]: (input: ShellInput<Name>, page: WebContents) => Promise<ShellOutput<Name>>;
};

/** The names are the preload's, too. */
const readyChannel = 'strata:ready';
const portChannel = 'strata:port';
const noticeChannel = 'strata:notice';

/** Many times what a page needs, and far too little to keep the main process from its work. */
const callsASecond = 50;

/**
 * The only place that speaks to pages. Each call has a channel of its own, is answered only to the main frame of a page of ours,
 * and is parsed before anybody sees it. What comes back is a value or a code: never a path, never a trace.
 */
export function openBridge(
  isOurPage: (page: WebContents) => boolean,
  handlers: ShellHandlers,
  onReady: (page: WebContents) => void,
): void {
  const rate = createRate(callsASecond);
  const isTrusted = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const frame = event.senderFrame;
    return frame !== null && frame.parent === null && isAppAddress(frame.url) && isOurPage(event.sender);
  };

  for (const name of Object.keys(shellCalls) as ShellCallName[]) {
    ipcMain.handle(`strata:${name}`, async (event, input: unknown) => {
      if (!isTrusted(event) || !rate(performance.now())) return { refused: 'not.supported' };
      try {
        return { value: await answer(handlers, name, input, event.sender) };
      } catch (error) {
        if (!isStrataError(error)) process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`);
        return { refused: failureOf(error).code };
      }
    });
  }
  ipcMain.on(readyChannel, (event) => {
    if (isTrusted(event)) onReady(event.sender);
  });
}

async function answer<Name extends ShellCallName>(
  handlers: ShellHandlers,
  name: Name,
  raw: unknown,
  page: WebContents,
): Promise<ShellOutput<Name>> {
  const input = shellCalls[name].input.safeParse(raw);
  if (!input.success) throw new StrataError('input.invalid', 'never', { field: input.error.issues[0]?.path.join('.') ?? '' });
  return handlers[name](input.data as ShellInput<Name>, page);
}

export function sendNotice<Name extends ShellNoticeName>(
  page: WebContents,
  name: Name,
  notice: z.input<(typeof shellNotices)[Name]>,
): void {
  if (!page.isDestroyed()) page.send(noticeChannel, name, notice);
}

export function sendPort(page: WebContents, port: MessagePortMain): void {
  page.postMessage(portChannel, null, [port]);
}
