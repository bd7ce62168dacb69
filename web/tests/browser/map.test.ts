import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { Visit } from './support/browser.ts';
import { NodeProcess } from './support/node.ts';
import { setStage } from './support/stage.ts';
import { WebOdm } from './support/webOdm.ts';

const pictures = '../artifacts/test-logs';
let server: WebOdm;
let task: string;

const stage = setStage(async () => {
  const node = await NodeProcess.start(['--test', '--webodm-password', 'admin']);
  server = await WebOdm.logIn(node, 'admin', 'admin');
  task = await server.finishTask(await server.createProject('Fields'), 'North field');
  await server.finishTask(await server.createProject('Woods'), '');
  return node;
});

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What of a layer can be seen, in pixels of the page; the layers of the map in their order. */
async function seen(visit: Visit): Promise<readonly Box[]> {
  return visit.page.evaluate(() => [...document.querySelectorAll('.leaflet-layer')].map((layer) => {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const tile of layer.querySelectorAll('canvas')) {
      const at = tile.getBoundingClientRect();
      const scale = at.width / tile.width;
      const copy = new OffscreenCanvas(tile.width, tile.height).getContext('2d', { willReadFrequently: true })!;
      copy.drawImage(tile, 0, 0);
      const { data } = copy.getImageData(0, 0, tile.width, tile.height);
      for (let i = 3; i < data.length; i += 4) {
        if (data[i]! > 127) {
          const [x, y] = [at.left + (scale * ((i >> 2) % tile.width)), at.top + (scale * Math.floor((i >> 2) / tile.width))];
          box.left = Math.min(box.left, x);
          box.top = Math.min(box.top, y);
          box.right = Math.max(box.right, x + scale);
          box.bottom = Math.max(box.bottom, y + scale);
        }
      }
    }

    return box;
  }));
}

/** Waits until the task that was chosen last is shown, and every tile of it has come. */
async function settle(visit: Visit, layers: number): Promise<void> {
  await visit.page.waitForFunction((count) => document.querySelector('.map-place[aria-busy]') === null
    && document.querySelectorAll('.leaflet-layer').length === count
    && [...document.querySelectorAll('.leaflet-layer')].every((layer) => layer.querySelector('canvas.leaflet-tile-loaded') !== null
      && layer.querySelector('canvas:not(.leaflet-tile-loaded)') === null), layers);
}

/** Width by height of the rasters on the map. */
async function expectedShape(): Promise<number> {
  const [west, south, east, north] = (await server.ask(`${task}/dsm/tiles.json`))['bounds'] as [number, number, number, number];
  const y = (latitude: number) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) / Math.PI * 180;
  return (east - west) / (y(north) - y(south));
}

test('Who logs in sees the orthophoto of a finished task in the middle of the map, and its heights as layers', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(stage.node.address);
  await page.getByRole('link', { name: 'Maps' }).click();
  await page.getByLabel('User').fill('admin');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Unable to log in with provided credentials.').waitFor();
  await page.getByLabel('Password').fill('admin');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'North field' }).click();
  await settle(visit, 1);

  const view = (await page.locator('.map-canvas').boundingBox())!;
  const [picture] = await seen(visit);
  assert.ok(picture);
  assert.ok(Math.abs((picture.left + picture.right) / 2 - (view.x + view.width / 2)) < 4, JSON.stringify({ picture, view }));
  assert.ok(Math.abs((picture.top + picture.bottom) / 2 - (view.y + view.height / 2)) < 4, JSON.stringify({ picture, view }));
  assert.ok(picture.bottom - picture.top > view.height / 2.2);

  // Of the rasters of the test mode, 96 by 80 cells, only the heights are known up to the border.
  await page.getByLabel('Surface', { exact: true }).check();
  await settle(visit, 2);
  const surface = (await seen(visit)).toSorted((a, b) => a.left - b.left)[0]!;
  const shape = (surface.right - surface.left) / (surface.bottom - surface.top);
  assert.ok(Math.abs(shape / await expectedShape() - 1) < 0.02, `${shape}`);
  assert.ok(Math.abs(surface.bottom - picture.bottom) < 4, JSON.stringify({ picture, surface }));

  await page.getByLabel('Opacity of Orthophoto').fill('40');
  const opacities = await page.locator('.leaflet-layer').evaluateAll((layers) => layers.map((layer) => getComputedStyle(layer).opacity).sort());
  assert.deepEqual(opacities, ['0.4', '1']);
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/map.png` });
  await page.getByLabel('Orthophoto', { exact: true }).uncheck();
  await settle(visit, 1);

  await page.getByRole('button', { name: 'Zoom in' }).click();
  await settle(visit, 1);
  await visit.end(/status of 400/);
});

test('A token in the address is taken over, and a token that is not good any more asks for a log-in', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(`${stage.node.address}map?jwt=${server.token}#${task.split('/')[1]}/${task.split('/')[3]}`);
  await settle(visit, 1);
  assert.equal(await page.locator('[aria-current]').textContent(), 'North field2 images · Completed');
  assert.ok(!page.url().includes('jwt'));

  await page.evaluate(() => sessionStorage.setItem('odmnode.jwt', 'damaged'));
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('You are not logged in any more.').waitFor();
  await visit.end(/status of 403/);
});

test('A public task is shown to everybody who has its address, and nothing else is', async () => {
  const shared = await server.finishTask(await server.createProject('Shared'), 'Open field');
  await server.ask(`${shared}/`, new URLSearchParams({ public: 'true' }), 'PATCH');
  const address = (path: string) => `${stage.node.address}map#${path.split('/')[1]}/${path.split('/')[3]}`;
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(address(shared));
  await settle(visit, 1);
  assert.equal(await page.locator('.map-task').textContent(), 'Open field2 images · Completed');
  assert.equal(await page.locator('form').isVisible(), false);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByLabel('User').waitFor();
  await visit.end(/status of 403/);

  const stranger = await Visit.begin(stage.browser);
  await stranger.open(address(task));
  await stranger.page.getByLabel('User').waitFor();
  assert.equal(await stranger.page.locator('.map-task').count(), 0);
  await stranger.end(/status of 403/);
});

test('Of two tasks that are chosen in a row the last one is shown', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await page.route('**/orthophoto/tiles.json', async (route) => {
    if (route.request().url().includes(task)) {
      await new Promise((later) => setTimeout(later, 1000));
    }

    await route.continue();
  });
  await visit.open(`${stage.node.address}map?jwt=${server.token}`);
  await settle(visit, 1);
  await page.getByRole('button', { name: 'North field' }).click();
  await page.getByRole('button', { name: /^Task / }).click();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.waitForTimeout(1500);
  assert.ok(asked.every((url) => !url.includes(`${task}/orthophoto/tiles/`)), asked.join('\n'));
  await visit.end();
});

test('The map fits a phone, and everything in it has a name', async () => {
  const visit = await Visit.begin(stage.browser, { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
  const { page } = visit;
  await visit.open(`${stage.node.address}map?jwt=${server.token}`);
  await settle(visit, 1);
  assert.equal(await page.locator('canvas.leaflet-tile').first().evaluate((tile: HTMLCanvasElement) => tile.width), 512);
  const found = await page.evaluate(() => ({
    nameless: [...document.querySelectorAll<HTMLElement>('button, a, input')]
      .filter((element) => !(element.getAttribute('aria-label') ?? element.textContent!.trim())
        && (element as HTMLInputElement).labels?.length !== 1)
      .map((element) => element.outerHTML),
    width: document.documentElement.scrollWidth,
  }));
  assert.deepEqual(found, { nameless: [], width: 360 });
  await visit.end();
});
