import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMapTasks, readProjects, readRefusal, readTileSet } from '../../src/map/wire.ts';

test('Projects and tasks are read as far as the map needs them', () => {
  assert.deepEqual(readProjects([{ id: 3, name: 'fields', tasks: [1] }, 'damaged']), [{ id: 3, name: 'fields' }]);
  assert.deepEqual(readMapTasks([{ id: 1, project: 3, name: '', images_count: 24, status: null, available_assets: [] }]), [
    { id: 1, project: 3, name: '', imagesCount: 24, status: null, assets: [] },
  ]);
  assert.deepEqual(readProjects({ detail: 'Not found.' }), []);
});

test('A description without a place is none', () => {
  assert.deepEqual(readTileSet({ minzoom: 13, maxzoom: 22, bounds: [-92, 46, -91, 47] }), { minZoom: 13, maxZoom: 22, bounds: [-92, 46, -91, 47] });
  assert.equal(readTileSet({ minzoom: 13, maxzoom: 22, bounds: [-92] }), null);
  assert.equal(readTileSet([]), null);
});

test('An error is told in each of its three shapes', () => {
  assert.equal(readRefusal({ detail: 'Not found.' }), 'Not found.');
  assert.equal(readRefusal({ non_field_errors: ['Unable to log in with provided credentials.'] }), 'Unable to log in with provided credentials.');
  assert.equal(readRefusal(['Invalid tile size parameter']), 'Invalid tile size parameter');
  assert.equal(readRefusal(null), '');
});
