import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';
import { photos, Visit } from './support/browser.ts';
import { NodeProcess } from './support/node.ts';
import { setStage } from './support/stage.ts';

interface Task {
  readonly uuid: string;
  readonly name: string;
  readonly imagesCount: number;
  readonly options: readonly { readonly name: string; readonly value: unknown }[];
}

const stage = setStage(() => NodeProcess.start(['-q', '4']));
let visit: Visit;

beforeEach(async () => {
  visit = await Visit.begin(stage.browser);
  await visit.open(stage.node.address);
});

afterEach(() => visit.end());

async function taskCalled(name: string): Promise<Task> {
  const tasks = await stage.node.ask('task/list?details=1') as readonly Task[];
  const found = tasks.find((task) => task.name === name);
  assert.ok(found, `there is no task ${name}`);
  return found;
}

test('Photos with a changed option become a task that runs, is watched and leaves results', async () => {
  const { page } = visit;
  await page.getByLabel('Photos').setInputFiles(photos(['a.jpg', 'b.jpg', 'c.jpg']));
  await page.getByText('3 files · 5.86 KB').click();
  await page.getByRole('button', { name: 'Remove b.jpg' }).click();
  await page.getByText('2 files').waitFor();
  await page.getByLabel('Task name').fill('First survey');

  await page.getByRole('button', { name: 'Edit options' }).click();
  const editor = page.getByRole('dialog');
  await editor.getByLabel('Search options').fill('multispectral band');
  assert.ok(!await editor.getByLabel('dsm', { exact: true }).isVisible());
  await editor.getByLabel('primary-band', { exact: true }).fill('colour,error,progress');
  await editor.getByLabel('Search options').fill('');
  await editor.getByLabel('dsm', { exact: true }).check();
  await editor.getByLabel('dtm', { exact: true }).check();
  await editor.getByRole('button', { name: 'Reset dtm' }).click();
  await editor.getByText('2 options changed').waitFor();
  await editor.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Upload and start' }).click();

  const card = await visit.waitForStatus('First survey', 'Completed');
  const task = await taskCalled('First survey');
  assert.equal(task.imagesCount, 2);
  assert.deepEqual(task.options, [{ name: 'dsm', value: true }, { name: 'primary-band', value: 'colour,error,progress' }]);
  assert.equal(await page.getByLabel('Task name').inputValue(), '');
  assert.ok(await page.getByRole('button', { name: 'Upload and start' }).isDisabled());

  await card.getByRole('button', { name: 'Console' }).click();
  const lines = card.getByRole('log');
  await lines.getByText('argument <--dsm>').waitFor();
  await lines.getByText('[INFO]    Running dataset stage').waitFor();
  assert.equal(await lines.locator('.line.error').textContent(), 'error:');
  await card.getByText('Ended').waitFor();

  await card.getByRole('button', { name: 'Results' }).click();
  await card.getByRole('link', { name: 'Orthophoto, GeoTIFF' }).waitFor();
  assert.equal(await card.getByRole('link', { name: 'Point cloud, LAZ' }).count(), 0);
  const [download] = await Promise.all([page.waitForEvent('download'), card.getByRole('link', { name: 'Download' }).click()]);
  assert.equal(download.suggestedFilename(), 'all.zip');
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK');
});

test('Console lines come while the task runs, and a cancelled task can be restarted with other options', async () => {
  const { page } = visit;
  await stage.node.create('Second survey', 'colour,sleep60');
  let card = await visit.waitForStatus('Second survey', 'Running');
  await card.getByRole('button', { name: 'Console' }).click();
  const lines = card.getByRole('log');
  await lines.getByText('[INFO]    Running dataset stage').waitFor();
  await card.getByText('Live').waitFor();

  await card.getByRole('button', { name: 'Cancel' }).click();
  card = await visit.waitForStatus('Second survey', 'Cancelled');
  await card.getByText('Ended').waitFor();

  await card.getByRole('button', { name: 'Restart' }).click();
  const editor = page.getByRole('dialog');
  assert.equal(await editor.getByLabel('primary-band', { exact: true }).inputValue(), 'colour,sleep60');
  await editor.getByLabel('primary-band', { exact: true }).fill('');
  await editor.getByLabel('crop', { exact: true }).fill('0.5');
  await editor.getByRole('button', { name: 'Restart' }).click();

  await visit.waitForStatus('Second survey', 'Completed');
  await lines.getByText('argument <--crop>').waitFor();
  assert.equal(await lines.getByText('Running dataset stage').count(), 0);
  const { options } = await taskCalled('Second survey');
  assert.deepEqual(options.find(({ name }) => name === 'crop'), { name: 'crop', value: 0.5 });
});

test('A failed task says why, and is removed after a question', async () => {
  const { page } = visit;
  await stage.node.create('Third survey', 'reason,exit1');
  const card = await visit.waitForStatus('Third survey', 'Failed');
  await card.getByText('Cannot process dataset').waitFor();

  await card.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  assert.ok(await card.isVisible());
  await card.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await card.waitFor({ state: 'detached' });
  await assert.rejects(taskCalled('Third survey'));
});

test('A value that cannot be right is told beside its option before anything is sent', async () => {
  const { page } = visit;
  await page.getByRole('button', { name: 'Edit options' }).click();
  const editor = page.getByRole('dialog');
  const input = editor.getByLabel('mesh-octree-depth', { exact: true });
  await input.fill('99');
  await editor.getByRole('button', { name: 'Apply' }).click();

  await editor.getByText('1 option to correct.').waitFor();
  assert.equal(await input.getAttribute('aria-invalid'), 'true');
  await editor.locator('[data-option=mesh-octree-depth]').getByText('Enter a whole number from 1 to 14.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('All options have their defaults.').waitFor();
});

test('What the node says against an option is shown beside it', async () => {
  const { page } = visit;
  const refusal = { error: JSON.stringify([{ name: 'crop', error: 'Invalid value 7 (out of range)' }]) };
  await page.route('**/task/new/init*', (route) => route.fulfill({ json: refusal }), { times: 1 });
  await page.getByLabel('Photos').setInputFiles(photos(['a.jpg']));
  await page.getByRole('button', { name: 'Edit options' }).click();
  const editor = page.getByRole('dialog');
  await editor.getByLabel('crop', { exact: true }).fill('7');
  await editor.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Upload and start' }).click();

  await editor.locator('[data-option=crop]').getByText('Invalid value 7 (out of range)').waitFor();
  await editor.getByRole('button', { name: 'Back' }).click();
  await page.locator('.chip.wrong', { hasText: 'crop' }).waitFor();
});

test('Everything that can be used has a name, and nothing is wider than a phone', async () => {
  const { page } = visit;
  const name = 'Fourth survey of a place with a name that is a good deal longer than a phone is wide';
  await stage.node.create(name, '');
  await page.setViewportSize({ width: 360, height: 740 });
  const card = visit.card(name);
  await card.getByRole('button', { name: 'Console' }).click();
  await card.getByRole('log').waitFor();
  await page.getByRole('button', { name: 'Edit options' }).click();
  await page.getByRole('dialog').waitFor();

  const found = await page.evaluate(() => ({
    nameless: [...document.querySelectorAll<HTMLElement>('button, a, input, select, textarea')]
      .filter((element) => !(element.getAttribute('aria-label') ?? element.textContent!.trim())
        && (element as HTMLInputElement).labels?.length !== 1)
      .map((element) => element.outerHTML),
    width: document.documentElement.scrollWidth,
  }));
  assert.deepEqual(found, { nameless: [], width: 360 });
});
