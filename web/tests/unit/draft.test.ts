import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choicesOf, draftOf, helpOf, isDefault, problemsOf, withoutOption, withOption, type Draft } from '../../src/options/draft.ts';
import { all, boundary, crop, depth, dsm, option, quality } from './definitions.ts';

const empty: Draft = new Map();

test('Only changed options are sent, typed and in the order of the node', () => {
  let draft = withOption(empty, quality, 'high');
  draft = withOption(draft, dsm, 'true');
  draft = withOption(draft, crop, '2.50');
  draft = withOption(draft, boundary, '{"a": 1}');

  assert.deepEqual(choicesOf(all, draft), [
    { name: 'dsm', value: true },
    { name: 'crop', value: 2.5 },
    { name: 'pc-quality', value: 'high' },
    { name: 'boundary', value: '{"a": 1}' },
  ]);
});

test('Going back to the default takes an option out of what is sent', () => {
  const draft = withOption(withOption(empty, dsm, 'true'), dsm, 'false');

  assert.equal(draft.size, 0);
  assert.deepEqual(choicesOf(all, draft), []);
});

test('A number written another way is still the default', () => {
  assert.ok(isDefault(crop, '3.0'));
  assert.ok(isDefault(crop, ' 3 '));
  assert.ok(!isDefault(crop, ''));
  assert.ok(!isDefault(option({ name: 'label', value: '3' }), '3.0'));
});

test('A number that is none is sent as it stands, for the node to judge', () => {
  assert.deepEqual(choicesOf(all, withOption(empty, depth, 'deep')), [{ name: 'mesh-octree-depth', value: 'deep' }]);
});

test('The options of a task become a draft of what differs from the defaults', () => {
  const draft = draftOf(all, [
    { name: 'dsm', value: true }, { name: 'crop', value: 3 }, { name: 'mesh-octree-depth', value: 9 }, { name: 'unheard-of', value: 1 },
  ]);

  assert.deepEqual([...draft], [['dsm', 'true'], ['mesh-octree-depth', '9']]);
  assert.deepEqual(choicesOf(all, withoutOption(draft, 'dsm')), [{ name: 'mesh-octree-depth', value: 9 }]);
});

test('Every wrong option of a draft is named', () => {
  const draft = withOption(withOption(withOption(empty, depth, '99'), boundary, '{'), crop, '0');

  assert.deepEqual([...problemsOf(all, draft).keys()], ['mesh-octree-depth', 'boundary']);
});

test('Placeholders of the help are filled in', () => {
  const definition = option({
    name: 'merge', type: 'enum', value: 'all', domain: ['', 'all', 'dem'], help: 'One of %(choices)s, 100%% sure. Default: %(default)s. $& stays',
  });

  assert.equal(helpOf(definition), 'One of all, dem, 100% sure. Default: all. $& stays');
  assert.equal(helpOf(option({ name: 'cameras', help: 'Default: %(default)s' })), 'Default: none');
});
