import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './app.ts';

/** Counts whoever gets through. Loopback, so that no wall of the machine's network does our work. */
let server: Server;
let requests: string[] = [];
let outside = '';
test.beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end('reached');
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.beforeEach(() => {
  requests = [];
});
test.afterAll(() => server.close());

test.describe('the page', () => {
  test('runs no text as code', async ({ page }) => {
    const outcome = await page.evaluate(
      () =>
        new Promise<string>((settle) => {
          setTimeout(() => {
            try {
              new Function('return 1');
              settle('made');
            } catch (error) {
              settle((error as Error).name);
            }
          });
        }),
    );
    expect(outcome).toBe('EvalError');
  });

  test('takes no markup for markup that could hold a script', async ({ page }) => {
    const outcome = await page.evaluate(
      () =>
        new Promise<string>((settle) => {
          setTimeout(() => {
            try {
              document.createElement('div').innerHTML = '<b>text</b>';
              settle('taken');
            } catch (error) {
              settle((error as Error).name);
            }
          });
        }),
    );
    expect(outcome).toBe('TypeError'); // trusted types
  });

  for (const [what, attempt] of Object.entries({
    fetch: (address: string) => fetch(address).then(() => 'reached'),
    'an image': (address: string) =>
      new Promise((settle) => {
        const image = new Image();
        image.onload = () => settle('reached');
        image.onerror = () => settle('refused');
        image.src = `${address}/image.png`;
      }),
    'a web socket': (address: string) =>
      new Promise((settle) => {
        try {
          const socket = new WebSocket(address.replace('http', 'ws'));
          socket.onopen = () => settle('reached');
          socket.onerror = () => settle('refused');
        } catch {
          settle('refused');
        }
      }),
    'a file': () => fetch('file:///etc/passwd').then(() => 'reached'),
  })) {
    test(`reaches no network by ${what}`, async ({ page }) => {
      const outcome = await page.evaluate(
        ([source, address]) =>
          (new Function('address', `return (${source})(address).catch(() => 'refused')`) as (to: string) => Promise<string>)(
            address,
          ),
        [attempt.toString(), outside] as const,
      );
      expect(outcome).toBe('refused');
      expect(requests).toEqual([]);
    });
  }

  test('stays where it is', async ({ app, page }) => {
    await page.waitForURL(/#\/start$/); // where the first start leads by itself
    const before = page.url();
    await page.evaluate((address) => {
      location.href = address;
    }, outside);
    await page.evaluate(() => {
      location.href = 'file:///etc/passwd';
    });
    await page.evaluate(() => {
      location.href = 'app://strata.example/';
    });
    expect(await page.evaluate((address) => window.open(address), outside)).toBeNull();
    await page.waitForTimeout(300);
    expect(page.url()).toBe(before);
    expect(app.windows()).toHaveLength(1);
    expect(requests).toEqual([]);
  });

  test('gets no permission, but may copy', async ({ page }) => {
    const denied = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
      const states = names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state);
      return Promise.all(states);
    });
    expect(new Set(denied)).toEqual(new Set(['denied']));
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    await page.evaluate(() => navigator.clipboard.writeText('recovery key'));
  });

  test('has nothing of Node or Electron', async ({ page }) => {
    expect(
      await page.evaluate(() =>
        ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', 'global'].filter((name) => name in window),
      ),
    ).toEqual([]);
    expect(await page.evaluate(() => Object.keys((window as unknown as { strata: object }).strata).sort())).toEqual([
      'call',
      'locale',
      'on',
      'platform',
      'ready',
    ]);
  });

  test('is refused what the contract does not name, and what does not fit it', async ({ page }) => {
    const ask = (name: string, input: unknown): Promise<string> =>
      page.evaluate(
        ([callName, callInput]) => {
          const { strata } = window as unknown as { strata: { call(name: unknown, input: unknown): Promise<unknown> } };
          return strata.call(callName, callInput).then(
            () => 'done',
            (error: Error) => error.message,
          );
        },
        [name, input] as const,
      );
    expect(await ask('shell.format', {})).toBe('not.supported');
    expect(await ask('constructor', {})).toBe('not.supported');
    expect(await ask('shell.setTheme', { theme: 'pink' })).toBe('input.invalid');
    expect(await ask('shell.saveText', { title: 'a'.repeat(201), fileName: 'x', text: '' })).toBe('input.invalid');
    expect(await ask('shell.setTheme', { theme: 'dark' })).toBe('done');
  });
});

test('no session of the main process reaches the network either', async ({ app, page }) => {
  await page.title();
  const outcomes = await app.evaluate(async ({ session, net }, address) => {
    const attempts = {
      default: () => session.defaultSession.fetch(address),
      another: () => session.fromPartition('another').fetch(address),
      kept: () => session.fromPartition('persist:kept').fetch(address),
      net: () => net.fetch(address),
    };
    const outcomes: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      outcomes[name] = await attempt().then(
        () => 'reached',
        () => 'refused',
      );
    }
    return outcomes;
  }, outside);
  expect(outcomes).toEqual({ default: 'refused', another: 'refused', kept: 'refused', net: 'refused' });
  expect(requests).toEqual([]);
});

test('even without the list of schemes, the proxy that is not there stops every request', async ({ app, page }) => {
  await page.title();
  const outcome = await app.evaluate(async ({ session }, address) => {
    session.defaultSession.webRequest.onBeforeRequest(null);
    return session.defaultSession.fetch(address).then(
      () => 'reached',
      (error: Error) => error.message,
    );
  }, outside);
  expect(outcome).toContain('ERR_PROXY_CONNECTION_FAILED');
  expect(requests).toEqual([]);
});

for (const walls of ['frame and header', 'header alone']) {
  test(`hostile mail that slipped through a sanitiser does nothing, held by ${walls}`, async ({ page }) => {
    const html = `<!doctype html><title>mail</title><p id="text">Dear reader</p>
    <script>parent.postMessage('script ran', '*'); fetch('${outside}/script')</script>
    <img src="${outside}/pixel.png" onerror="parent.postMessage('handler ran', '*')">
    <link rel="stylesheet" href="${outside}/style.css"><link rel="dns-prefetch" href="//tracker.invalid">
    <style>@import url(${outside}/import.css); body { background: url(${outside}/background.png); color: rgb(1, 2, 3) }</style>
    <meta http-equiv="refresh" content="0;url=${outside}/refresh">
    <iframe src="${outside}/frame"></iframe><object data="${outside}/object"></object>
    <form action="${outside}/form"><button id="send">send</button></form>
    <a id="link" href="${outside}/link">link</a><a id="blank" href="${outside}/blank" target="_blank">link</a>`;
    await page.evaluate(
      async ([document_, isSandboxed]) => {
        const { strata } = window as unknown as { strata: { call(name: string, input: object): Promise<{ url: string }> } };
        const { url } = await strata.call('shell.previewDocument', { html: document_ });
        const frame = document.createElement('iframe');
        if (isSandboxed) frame.setAttribute('sandbox', '');
        frame.id = 'mail';
        frame.src = url;
        const heard: unknown[] = [];
        Object.assign(window, { heard });
        window.addEventListener('message', (event) => event.source === frame.contentWindow && heard.push(event.data));
        document.body.append(frame);
        await new Promise((settle) => frame.addEventListener('load', settle, { once: true }));
      },
      [html, walls === 'frame and header'] as const,
    );
    const frame = page.frameLocator('#mail');
    await expect(frame.locator('#text')).toHaveText('Dear reader');
    // Its own styles do work: mail keeps its looks.
    await expect(frame.locator('#text')).toHaveCSS('color', 'rgb(1, 2, 3)');
    await frame.locator('#blank').click();
    await frame.locator('#send').click();
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([]);
    await expect(frame.locator('#text')).toHaveText('Dear reader');
    expect(requests).toEqual([]);
  });
}

test('a preview is nobody else’s to read, and gone with the next', async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const { strata } = window as unknown as { strata: { call(name: string, input: object): Promise<{ url: string }> } };
    const { url } = await strata.call('shell.previewDocument', { html: 'secret' });
    const fetched = await fetch(url).then(
      () => 'read',
      () => 'refused',
    );
    const next = await strata.call('shell.previewDocument', { html: 'other' });
    const freed = await strata.call('shell.previewDocument', { html: null });
    return { fetched, fresh: next.url !== url, freed: freed.url };
  });
  expect(outcome).toEqual({ fetched: 'refused', fresh: true, freed: null });
});
