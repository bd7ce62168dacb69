import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { photos, Visit } from './support/browser.ts';
import { NodeProcess } from './support/node.ts';
import { setStage } from './support/stage.ts';

const stage = setStage(() => NodeProcess.start());

async function imagesOf(name: string): Promise<number | undefined> {
  const tasks = await stage.node.ask('task/list?details=1') as readonly { readonly name: string; readonly imagesCount: number }[];
  return tasks.find((task) => task.name === name)?.imagesCount;
}

test('A folder that is dropped is taken with its folders, without what is no part of a survey', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'odmnode-drop-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const survey = join(folder, 'Meadow');
  const paths = ['100MEDIA/DJI_0001.JPG', '101MEDIA/DJI_0001.JPG', '101MEDIA/deeper/DJI_0002.jpg', 'geo.txt', '.DS_Store', 'flight.html'];
  paths.forEach((path, index) => {
    mkdirSync(join(survey, path, '..'), { recursive: true });
    writeFileSync(join(survey, path), 'x'.repeat(index + 1));
  });

  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(stage.node.address);
  await page.locator('.drop').waitFor();
  const zone = (await page.locator('.drop').boundingBox())!;
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', {
      type, x: zone.x + 20, y: zone.y + 20, data: { items: [], files: [survey], dragOperationsMask: 1 },
    });
  }

  await page.getByText('4 files').waitFor();
  await page.getByText(/2 files left out as no part of a survey: (\.DS_Store, flight\.html|flight\.html, \.DS_Store)\./).waitFor();
  assert.equal(await page.getByLabel('Task name').inputValue(), 'Meadow');
  await page.getByRole('button', { name: 'Upload and start' }).click();
  await visit.waitForStatus('Meadow', 'Completed');

  // Both photos of the same name are there; geo.txt is no image.
  assert.equal(await imagesOf('Meadow'), 3);
  await visit.end();
});

test('An upload goes on after the connection was lost, sending only what is missing', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(stage.node.address);
  const names = Array.from({ length: 12 }, (_, index) => `${index}.jpg`);
  await page.getByLabel('Photos').setInputFiles(photos(names));
  await page.getByLabel('Task name').fill('Torn');

  // The network goes away with the sixth photo.
  const sent: string[] = [];
  let torn = false;
  await page.route('**/task/new/upload/*', async (route) => {
    const [, name] = /filename="([^"]+)"/.exec(route.request().postDataBuffer()?.toString('latin1') ?? '') ?? [];
    if (name !== undefined) {
      sent.push(name);
    }

    if (sent.length >= 6 && !torn) {
      torn = true;
      await page.context().setOffline(true);
    }

    await route.continue();
  });
  await page.getByRole('button', { name: 'Upload and start' }).click();
  await page.getByText('Interrupted; goes on when the node answers').waitFor();
  const confirmed = sent.length;
  await page.context().setOffline(false);
  await visit.waitForStatus('Torn', 'Completed');

  assert.equal(await imagesOf('Torn'), names.length);
  assert.ok(sent.length - confirmed < names.length, `${sent.length - confirmed} of ${names.length} were sent after the interruption`);
  await visit.end(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_IO_SUSPENDED|ERR_FAILED/);
});

test('A failing request is tried again', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(stage.node.address);
  await page.route('**/task/new/upload/*', (route) => route.abort(), { times: 2 });
  await page.getByLabel('Photos').setInputFiles(photos(['a.jpg', 'b.jpg']));
  await page.getByLabel('Task name').fill('Again');
  await page.getByRole('button', { name: 'Upload and start' }).click();
  await visit.waitForStatus('Again', 'Completed');

  assert.equal(await imagesOf('Again'), 2);
  await visit.end(/ERR_FAILED/);
});

test('A cancelled upload leaves no task and keeps what was chosen', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(stage.node.address);
  await page.route('**/task/new/upload/*', () => { /* never answered */ });
  await page.getByLabel('Photos').setInputFiles(photos(['a.jpg']));
  await page.getByLabel('Task name').fill('Given up');
  await page.getByRole('button', { name: 'Upload and start' }).click();
  await page.getByRole('progressbar', { name: 'Upload' }).waitFor();
  await page.getByRole('button', { name: 'Cancel upload' }).click();

  await page.getByText('1 file · 1.95 KB').waitFor();
  assert.equal(await page.getByLabel('Task name').inputValue(), 'Given up');
  assert.equal(await imagesOf('Given up'), undefined);
  await visit.end();
});
