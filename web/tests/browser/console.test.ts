import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Visit } from './support/browser.ts';
import { NodeProcess } from './support/node.ts';
import { setStage } from './support/stage.ts';

const lineCount = 100_000;
const talkative = `#!/bin/bash
seq -f '[INFO]    line %.0f of many' 1 ${lineCount - 1}
echo '[WARNING] the last line'
`;

const folder = mkdtempSync(join(tmpdir(), 'odmnode-engine-'));
const engine = join(folder, 'engine.sh');
writeFileSync(engine, talkative);
chmodSync(engine, 0o755);
const stage = setStage(async () => {
  const node = await NodeProcess.start([], engine);
  await node.create('Talkative', '');
  return node;
});
after(() => rmSync(folder, { recursive: true }));

test('A hundred thousand lines are followed, scrolled, filtered and saved without being all on the page', async () => {
  const visit = await Visit.begin(stage.browser);
  const { page } = visit;
  await visit.open(stage.node.address);
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
