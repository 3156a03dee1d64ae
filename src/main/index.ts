import './guard.ts';
import { app } from 'electron';
import { runCommandLine } from './command-line.ts';
import { readStartWords } from './start-words.ts';

const words = readStartWords(process.argv);
if (words.commandLine) {
  app.exit(await runCommandLine(words.commandLine));
} else {
  const { openDesktop } = await import('./desktop.ts');
  openDesktop(words);
}
