import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, comingIn, counted, duration, moment, percent, timeLeft } from '../../src/ui/words.ts';

const minute = 60_000;
const hour = 60 * minute;

test('Sizes have three digits at most', () => {
  assert.deepEqual([0, 999, 1000, 1024, 10_240, 102_400, 1_048_576, 5_368_709_120].map(bytes),
    ['0 B', '999 B', '0.98 KB', '1.00 KB', '10.0 KB', '100 KB', '1.00 MB', '5.00 GB']);
});

test('Past times are exact to two units', () => {
  assert.deepEqual([0, 999, 59_999, minute, 61_000, hour, 26 * hour + 5 * minute].map(duration),
    ['0 s', '0 s', '59 s', '1 min 0 s', '1 min 1 s', '1 h 0 min', '1 d 2 h']);
});

test('Time left is told like an estimate', () => {
  assert.deepEqual([0, 9, 10, 41, 49, 50, 73, 89, 90, 600, 3569, 3600, 4000, 7200, 9100].map(timeLeft), [
    'a few seconds left', 'a few seconds left', 'about 10 seconds left', 'about 50 seconds left', 'about 50 seconds left',
    'about a minute left', 'about a minute left', 'about a minute left', 'about 2 minutes left', 'about 10 minutes left',
    'about 59 minutes left', 'about 1 hour left', 'about 1 hour 5 minutes left', 'about 2 hours left', 'about 2 hours 30 minutes left',
  ]);
});

test('Times to come grow coarser with their distance', () => {
  assert.deepEqual([0, minute, 45 * minute, 2 * hour, 35 * hour, 48 * hour].map(comingIn),
    ['within a minute', 'in 1 minute', 'in 45 minutes', 'in 2 hours', 'in 35 hours', 'in 2 days']);
});

test('A share is complete only when nothing is left', () => {
  assert.deepEqual([0, 42.9, 99.99, 100].map(percent), ['0 %', '42 %', '99 %', '100 %']);
});

test('Counts agree with their nouns', () => {
  assert.deepEqual([counted(0, 'image'), counted(1, 'image'), counted(12_345, 'image')], ['0 images', '1 image', '12,345 images']);
});

test('The date is told for other days only', () => {
  const noon = new Date(2026, 4, 7, 12, 0).getTime();

  assert.equal(moment(new Date(2026, 4, 7, 9, 5).getTime(), noon), '09:05');
  assert.equal(moment(new Date(2026, 4, 6, 23, 59).getTime(), noon), '6 May 2026, 23:59');
});
