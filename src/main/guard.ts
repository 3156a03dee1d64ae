// The first import of the main process, before anything that could throw or write.
import { app } from 'electron';

// A write to a terminal or a pipe that is gone (EPIPE) would be an uncaught error, and Electron shows those in a modal dialog.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

// Without a listener that dialog comes for every uncaught error: nobody may be there to close it, and until then SIGTERM is ignored.
process.on('uncaughtException', (error) => {
  process.stderr.write(`fatal: ${error.stack ?? error.message}\n`);
  app.exit(70); // sysexits' EX_SOFTWARE
});
process.on('unhandledRejection', (reason) => {
  throw reason;
});
