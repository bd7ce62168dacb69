import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { photos, Visit } from './support/browser.ts';
import { NodeProcess } from './support/node.ts';
import { setStage } from './support/stage.ts';

const stage = setStage(() => NodeProcess.start());

/** Makes the node look like one that knows the protocol without this project's extensions of it. */
async function hideExtensions(page: Page): Promise<void> {
  const unknown = { status: 404, contentType: 'text/html', body: 'Cannot GET' };
  await page.route('**/output/stream*', (route) => route.fulfill(unknown));
  await page.route('**/progress*', (route) => route.fulfill(unknown));
  await page.route('**/task/list*', async (route) => {
    const answer = await route.fetch();
    const tasks = await answer.json() as readonly { readonly uuid: string }[];
    await route.fulfill({ response: answer, json: tasks.map(({ uuid }) => ({ uuid })) });
  });
}

test('With a node that knows the plain protocol only, tasks are made and watched all the same', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await hideExtensions(page);
  await visit.open(stage.node.address);
  await page.getByLabel('Photos').setInputFiles(photos(['a.jpg', 'b.jpg']));
  await page.getByLabel('Task name').fill('Plain');
  await page.getByRole('button', { name: 'Edit options' }).click();
  await page.getByLabel('primary-band', { exact: true }).fill('colour,sleep2');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Upload and start' }).click();

  const card = visit.card('Plain');
  await card.getByRole('button', { name: 'Console' }).click();
  await card.getByRole('log').getByText('[INFO]    Running dataset stage').waitFor();
  await visit.waitForStatus('Plain', 'Completed');
  await card.getByText('Ended').waitFor();
  await card.getByRole('log').getByText('Compressing all.zip').waitFor();
  assert.match(await card.locator('.facts').innerText(), /2 images · took \d+ s$/);
  await visit.end(/404/);
});

test('A console that is polled begins anew with a restart', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await hideExtensions(page);
  await stage.node.create('Twice', 'colour,exit1');
  await visit.open(stage.node.address);
  const card = await visit.waitForStatus('Twice', 'Failed');
  await card.getByRole('button', { name: 'Console' }).click();
  const lines = card.getByRole('log');
  await lines.getByText('argument <colour,exit1>').waitFor();
  await card.getByRole('button', { name: 'Restart' }).click();
  await page.getByLabel('primary-band', { exact: true }).fill('colour');
  await page.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();

  await visit.waitForStatus('Twice', 'Completed');
  await lines.getByText('argument <colour>').waitFor();
  assert.equal(await lines.getByText('argument <colour,exit1>').count(), 0);
  await visit.end(/404/);
});
