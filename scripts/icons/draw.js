// Run by Electron: `electron draw.js ORDERS`, where ORDERS is a JSON file of [{ svg, size, colour?, to }].
// Draws each SVG as a PNG of exactly that size, with Chromium as the artist.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { app, BrowserWindow } from 'electron';

app.disableHardwareAcceleration();
app.commandLine.appendSwitch('force-device-scale-factor', '1');
// Not awaited at the top: Electron becomes ready only after this module has ended.
app
  .whenReady()
  .then(drawAll)
  .then(
    () => app.exit(0),
    (error) => {
      console.error(error);
      app.exit(1);
    },
  );

async function drawAll() {
  const window = new BrowserWindow({ show: false, transparent: true, frame: false, webPreferences: { offscreen: true } });
  await window.loadURL('data:text/html,');
  for (const { svg, size, colour = 'black', to } of JSON.parse(readFileSync(process.argv.at(-1), 'utf8'))) {
    const address = `data:image/svg+xml;base64,${Buffer.from(readFileSync(svg, 'utf8').replaceAll('currentColor', colour)).toString('base64')}`;
    const png = await window.webContents.executeJavaScript(`(async () => {
      const image = new Image(${size}, ${size});
      image.src = '${address}';
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: ${size}, height: ${size} });
      canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size});
      return canvas.toDataURL('image/png');
    })()`);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, Buffer.from(png.slice('data:image/png;base64,'.length), 'base64'));
  }
}
