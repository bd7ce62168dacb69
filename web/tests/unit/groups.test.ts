import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupOptions, matches } from '../../src/options/groups.ts';
import { option } from './definitions.ts';

test('Every option is in exactly one group, unknown ones in the last', () => {
  const names = ['quite-new', 'pc-quality', 'dsm', 'skip-orthophoto', 'use-3dmesh', 'gps-accuracy', 'pc-filter'];
  const groups = groupOptions(names.map((name) => option({ name })));

  assert.deepEqual(groups.map(({ title, definitions }) => [title, definitions.map(({ name }) => name)]), [
    ['Orthophoto', ['skip-orthophoto']],
    ['Elevation models', ['dsm']],
    ['Point cloud', ['pc-quality', 'pc-filter']],
    ['Mesh and texture', ['use-3dmesh']],
    ['Positions', ['gps-accuracy']],
    ['Other', ['quite-new']],
  ]);
});

test('All words looked for must be in the name or the help', () => {
  const definition = option({ name: 'dem-resolution', help: 'Cell size of the elevation models' });

  assert.ok(matches(definition, ''));
  assert.ok(matches(definition, 'dem-res'));
  assert.ok(matches(definition, 'DEM resolution'));
  assert.ok(matches(definition, 'cell models'));
  assert.ok(!matches(definition, 'cell orthophoto'));
});
