// The first import of the main process, before anything that could throw or write.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { app } from 'electron';

let logFile: string | undefined;

/** Where an error that ends the app is kept: an installed app has no terminal that could show it. */
export function keepFatalErrors(file: string): void {
  logFile = file;
}

// A write to a terminal or a pipe that is gone (EPIPE) would be an uncaught error, and Electron shows those in a modal dialog.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

// Without a listener that dialog comes for every uncaught error: nobody may be there to close it, and until then SIGTERM is ignored.
process.on('uncaughtException', (error) => {
  const text = `${new Date().toISOString()} fatal: ${error.stack ?? error.message}\n`;
  process.stderr.write(text);
  try {
    if (logFile !== undefined) {
      mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
      appendFileSync(logFile, text, { mode: 0o600 });
    }
  } catch {
    // The app ends now in any case, and an error here would end it without the right code.
  }
  app.exit(70); // sysexits' EX_SOFTWARE
});
process.on('unhandledRejection', (reason) => {
  throw reason;
});
