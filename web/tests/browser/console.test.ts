import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser, Visit } from './support/browser.ts';
import { NodeProcess } from './support/node.ts';

const lineCount = 100_000;
const talkative = `#!/bin/bash
seq -f '[INFO]    line %.0f of many' 1 ${lineCount - 1}
echo '[WARNING] the last line'
`;

let folder: string;
let node: NodeProcess;
let browser: Browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'odmnode-engine-'));
  const engine = join(folder, 'engine.sh');
  writeFileSync(engine, talkative);
  chmodSync(engine, 0o755);
  [node, browser] = await Promise.all([NodeProcess.start([], engine), startBrowser()]);
  await node.create('Talkative', '');
});

after(async () => {
  await browser.close();
  await node.stop();
  rmSync(folder, { recursive: true });
});

test('A hundred thousand lines are followed, scrolled, filtered and saved without being all on the page', async () => {
  const visit = await Visit.begin(browser);
  const { page } = visit;
  await visit.open(node.address);
  const card = await visit.waitForStatus('Talkative', 'Completed');
  await card.getByRole('button', { name: 'Console' }).click();
  const lines = card.getByRole('log');
  await card.getByText(/^1\d\d,\d\d\d lines$/).waitFor();
  await card.getByText('Ended').waitFor();
  await lines.getByText('Compressing all.zip').waitFor();
  assert.ok(await lines.locator('.line').count() < 100);

  await lines.evaluate((element) => { element.scrollTop = 0; });
  await lines.getByText('line 1 of many', { exact: false }).waitFor();
  assert.equal(await card.getByRole('button', { name: 'Follow' }).getAttribute('aria-pressed'), 'false');
  await card.getByRole('button', { name: 'Follow' }).click();
  await lines.locator('.line.warning', { hasText: 'the last line' }).waitFor();

  await card.getByLabel('Filter lines').fill('line 4321 of');
  await lines.getByText('[INFO]    line 4321 of many').waitFor();
  await card.getByText(/^1 of 1\d\d,\d\d\d lines$/).waitFor();

  const [download] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', { name: 'Save' }).click()]);
  assert.equal(download.suggestedFilename(), 'Talkative.txt');
  const saved = readFileSync(await download.path(), 'utf8').split('\n');
  assert.equal(saved.filter((line) => line.endsWith('of many')).length, lineCount - 1);
  await visit.end();
});

test('Where the stream does not come through, lines are asked for', async () => {
  const visit = await Visit.begin(browser);
  await visit.page.route('**/output/stream*', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'Cannot GET' }));
  await visit.open(node.address);
  const card = await visit.waitForStatus('Talkative', 'Completed');
  await card.getByRole('button', { name: 'Console' }).click();
  await card.getByRole('log').locator('.line.warning', { hasText: 'the last line' }).waitFor();
  await card.getByText('Ended').waitFor();
  await visit.end(/404/);
});
