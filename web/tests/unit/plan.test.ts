import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addFiles, lanes, missingFiles, planNames, retryPause, type Chosen } from '../../src/upload/plan.ts';
import { RateMeter } from '../../src/upload/rate.ts';

function photo(name: string, size = 100, lastModified = 1): Chosen {
  return { name, size, lastModified };
}

test('The same photo chosen twice is taken once', () => {
  const first = [photo('a.jpg'), photo('b.jpg')];
  const both = addFiles(first, [photo('b.jpg'), photo('c.jpg'), photo('c.jpg'), photo('a.jpg', 101), photo('a.jpg', 100, 2)]);

  assert.deepEqual(both.map(({ name, size }) => `${name} ${size}`), ['a.jpg 100', 'b.jpg 100', 'c.jpg 100', 'a.jpg 101', 'a.jpg 100']);
});

test('Equal names are made different as the node would', () => {
  const names = ['a.jpg', 'a.jpg', 'a.jpg', 'a_.jpg', 'noext', 'noext', 'a.tar.gz', 'a.tar.gz', 'body.json', '.hidden', '.hidden'];

  assert.deepEqual(planNames(names.map((name) => photo(name))).map(({ name }) => name), [
    'a.jpg', 'a_.jpg', 'a__.jpg', 'a___.jpg', 'noext', 'noext_', 'a.tar.gz', 'a.tar_.gz', '_body.json', '.hidden', '.hidden_',
  ]);
});

test('Only what the node does not hold whole is missing', () => {
  const planned = planNames([photo('a.jpg', 10), photo('b.jpg', 20), photo('b.jpg', 30), photo('c.jpg', 40)]);
  const held = [{ name: 'a.jpg', size: 10 }, { name: 'b.jpg', size: 20 }, { name: 'c.jpg', size: 39 }, { name: 'other.jpg', size: 1 }];

  assert.deepEqual(missingFiles(planned, held, new Set(['c.jpg'])).map(({ name }) => name), ['b_.jpg', 'c.jpg']);
});

test('With a node that cannot tell, what it has confirmed is not sent again', () => {
  const planned = planNames([photo('a.jpg'), photo('b.jpg')]);

  assert.deepEqual(missingFiles(planned, null, new Set(['a.jpg'])).map(({ name }) => name), ['b.jpg']);
});

test('Pauses between tries grow', () => {
  const pauses = [1, 2, 3, 4, 5].map(retryPause);

  assert.ok(pauses.every((pause, index) => index === 0 || pause > pauses[index - 1]!));
});

test('Over HTTP/1.1 some of the six connections are left to the rest of the page', () => {
  assert.ok(lanes('http/1.1') <= 4);
  assert.equal(lanes('h2'), 8);
});

test('The rate is that of the last seconds', () => {
  const meter = new RateMeter();
  meter.add(0, 0);
  assert.equal(meter.bytesPerSecond, null);
  for (let second = 1; second <= 20; second += 1) {
    meter.add(second * 1000, second <= 10 ? 0 : (second - 10) * 500);
  }

  assert.equal(meter.bytesPerSecond, 500);
});
