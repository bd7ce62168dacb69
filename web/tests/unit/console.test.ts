import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConsoleBuffer } from '../../src/console/buffer.ts';
import { severityOf } from '../../src/console/severity.ts';

test('Lines that come again after a broken connection are passed over', () => {
  const buffer = new ConsoleBuffer(10);
  for (const [number, line] of [[0, 'a'], [1, 'b'], [1, 'b'], [0, 'a'], [2, 'c']] as const) {
    buffer.accept(number, line);
  }

  assert.equal(buffer.text(), 'a\nb\nc\n');
  assert.equal(buffer.next, 3);
});

test('The oldest lines are forgotten and the numbers stay', () => {
  const buffer = new ConsoleBuffer(10);
  for (let number = 0; number < 12; number += 1) {
    buffer.accept(number, `line ${number}`);
    assert.equal(buffer.trim(), number === 11);
  }

  assert.equal(buffer.oldest, 2);
  assert.equal(buffer.next, 12);
  assert.equal(buffer.line(2), 'line 2');
  assert.equal(buffer.line(11), 'line 11');
});

test('A cleared buffer begins anew', () => {
  const buffer = new ConsoleBuffer(10);
  buffer.accept(0, 'a');
  buffer.clear();

  assert.equal(buffer.text(), '');
  assert.ok(buffer.accept(0, 'b'));
});

test('Errors and warnings are known by how they begin', () => {
  for (const line of ['[ERROR]   no GPS', 'ERROR: The photos do not overlap.', 'Traceback (most recent call last):', 'MemoryError:', 'Killed', 'FATAL: x', '  Error: y']) {
    assert.equal(severityOf(line), 'error', line);
  }

  for (const line of ['[WARNING] no GPS', 'Warning: deprecated', 'WARN x', 'UserWarning: y']) {
    assert.equal(severityOf(line), 'warning', line);
  }

  for (const line of ['[INFO]    reprojection error: 0.5', 'errors: 0', '', 'mean error 0.1', 'no warnings']) {
    assert.equal(severityOf(line), null, line);
  }
});
