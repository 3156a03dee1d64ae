// The default app of the Electron from the registry: opens the app that is named on the command line, `electron [-r FILE] APP`.
// An ES module with a top-level await, so that the app's own main may be one too and `ready` waits for it.
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const preloads = [];
let place;
const words = process.argv.slice(1).values();
for (const word of words) {
  if (word === '-r' || word === '--require') preloads.push(words.next().value);
  else if (!word.startsWith('-')) {
    place = resolve(word);
    break;
  }
}

if (place === undefined) {
  console.error('usage: electron [-r FILE] APP');
  app.exit(2);
} else {
  if (preloads.length > 0) Module._preloadModules(preloads);
  await import(pathToFileURL(entryOf(place)).href);
}

/** The file to start, after the app has been told its own name and place. */
function entryOf(folderOrFile) {
  const manifestPath = join(folderOrFile, 'package.json');
  if (!existsSync(manifestPath)) {
    app.setAppPath(dirname(folderOrFile));
    return folderOrFile;
  }
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(folderOrFile);
  app.setPath('userData', join(app.getPath('appData'), app.getName()));
  return join(folderOrFile, manifest.main);
}
