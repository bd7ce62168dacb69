import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainWords, problemOf } from '../../src/options/domain.ts';
import { boundary, crop, depth, dsm, option, quality } from './definitions.ts';

function float(domain: string) {
  return option({ name: 'x', type: 'float', value: '1', domain });
}

test('Domains are put into words', () => {
  assert.equal(domainWords(depth), 'whole number from 1 to 14');
  assert.equal(domainWords(crop), 'number, 0 or more');
  assert.equal(domainWords(float('float > 0.0')), 'number above 0');
  assert.equal(domainWords(float('percent')), 'number from 0 to 100');
  assert.equal(domainWords(float('float')), 'number');
  assert.equal(domainWords(boundary), 'JSON text');
  assert.equal(domainWords(dsm), '');
  assert.equal(domainWords(quality), '');
});

test('Numbers within their domain are fine, at its very ends too', () => {
  for (const [definition, text] of [
    [depth, '1'], [depth, '14'], [crop, '0'], [crop, '.5'], [crop, '1e3'], [float('negative float'), '-2'], [float('float <= 5'), '5'],
  ] as const) {
    assert.equal(problemOf(definition, text), null, `${definition.domain} ${text}`);
  }
});

test('Numbers outside their domain are told with what is allowed', () => {
  assert.equal(problemOf(depth, '15'), 'Enter a whole number from 1 to 14.');
  assert.equal(problemOf(depth, '1.5'), 'Enter a whole number.');
  assert.equal(problemOf(crop, '-1'), 'Enter a number, 0 or more.');
  assert.equal(problemOf(float('float > 0.0'), '0'), 'Enter a number above 0.');
  assert.equal(problemOf(float('float < 2'), '2'), 'Enter a number below 2.');
  for (const text of ['', 'abc', '12px', 'Infinity', '0x10']) {
    assert.equal(problemOf(crop, text), 'Enter a number.', text);
  }
});

test('JSON is checked, and may be absent', () => {
  assert.equal(problemOf(boundary, ''), null);
  assert.equal(problemOf(boundary, '{"type": "Polygon"}'), null);
  assert.equal(problemOf(boundary, '{type}'), 'This is not valid JSON.');
});

test('A choice must be one of the choices', () => {
  assert.equal(problemOf(quality, 'low'), null);
  assert.equal(problemOf(quality, 'lowest'), 'Choose one of: high, medium, low');
});

test('A domain that is not understood is left to the node', () => {
  assert.equal(problemOf(float('something new'), '7'), null);
  assert.equal(problemOf(option({ name: 'path', domain: 'path' }), '/a/b'), null);
});
