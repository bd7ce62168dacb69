import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { assets } from '../../src/tasks/assets.ts';

test('The page asks for exactly the assets that the node hands out', () => {
  const source = readFileSync('../src/OdmNode.Api/NodeOdm/TaskAssets.cs', 'utf8');
  const served = [...source.matchAll(/^\s*\["([^"]+)"\] = new\(/gm)].map(([, name]) => name);

  assert.ok(served.length > 0);
  assert.deepEqual(assets.map(({ name }) => name).sort(), served.sort());
});
