import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visit } from './support/browser.ts';
import { NodeProcess } from './support/node.ts';
import { setStage } from './support/stage.ts';

const stage = setStage(() => NodeProcess.start(['--token', 's&e c']));

test('A node with a token asks for it and takes only the right one', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(stage.node.address);
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
  const visit = await Visit.begin(stage.browser);
  await visit.open(`${stage.node.address}?token=${encodeURIComponent('s&e c')}`);
  await visit.page.getByText('No tasks yet.').waitFor();

  assert.equal(visit.page.url(), stage.node.address);
  assert.ok(await visit.page.evaluate(() => localStorage.length === 0));
  await visit.end();
});
