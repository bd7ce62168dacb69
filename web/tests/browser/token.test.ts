import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser, Visit } from './support/browser.ts';
import { NodeProcess } from './support/node.ts';

let node: NodeProcess;
let browser: Browser;

before(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(['--token', 's&e c']), startBrowser()]);
});

after(async () => {
  await browser.close();
  await node.stop();
});

test('A node with a token asks for it and takes only the right one', async () => {
  const visit = await Visit.begin(browser);
  const { page } = visit;
  await visit.open(node.address);
  await page.getByLabel('Token').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('The node does not accept this token.').waitFor();
  assert.ok(!await page.getByRole('heading', { name: 'Tasks' }).isVisible());

  await page.getByLabel('Token').fill('s&e c');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('No tasks yet.').waitFor();
  assert.ok(!await page.getByLabel('Token').isVisible());

  await page.reload();
  await page.getByText('No tasks yet.').waitFor();
  await visit.end();
});

test('A token in the address is taken over and vanishes from it', async () => {
  const visit = await Visit.begin(browser);
  await visit.open(`${node.address}?token=${encodeURIComponent('s&e c')}`);
  await visit.page.getByText('No tasks yet.').waitFor();

  assert.equal(visit.page.url(), node.address);
  assert.ok(await visit.page.evaluate(() => localStorage.length === 0));
  await visit.end();
});
