import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Status, type TaskInfo, type TaskProgress } from '../../src/node/wire.ts';
import { activityWords, factWords, timeLeftWords } from '../../src/tasks/progressWords.ts';

const info: TaskInfo = {
  uuid: 'id', name: 'survey', dateCreated: 0, processingTime: 192_000, status: Status.running, errorMessage: null, options: [], imagesCount: 18, progress: 42,
};
const progress: TaskProgress = {
  progress: 42, stage: 'openmvs', step: 'estimate-depth', unitsDone: 5, unitsPlanned: 1800, secondsLeft: 73, queuePosition: null, expires: null,
};

test('A running task tells its stage, step and units', () => {
  assert.equal(activityWords({ info, progress }), 'openmvs · estimate-depth · 5 of 1,800');
  assert.equal(activityWords({ info, progress: { ...progress, step: null, unitsDone: null, unitsPlanned: null } }), 'openmvs');
  assert.equal(activityWords({ info, progress: { ...progress, stage: null, step: null, unitsDone: null } }), 'Starting');
  assert.equal(activityWords({ info, progress: null }), '');
});

test('A waiting task tells its place', () => {
  const queued = { ...info, status: Status.queued };

  assert.equal(activityWords({ info: queued, progress: { ...progress, queuePosition: 1 } }), 'Next in the queue');
  assert.equal(activityWords({ info: queued, progress: { ...progress, queuePosition: 4 } }), 'Number 4 in the queue');
  assert.equal(activityWords({ info: queued, progress: null }), 'Waiting for a free slot');
});

test('Time left is told only while it is known and the task runs', () => {
  assert.equal(timeLeftWords({ info, progress }), 'about a minute left');
  assert.equal(timeLeftWords({ info, progress: { ...progress, secondsLeft: null } }), '');
  assert.equal(timeLeftWords({ info: { ...info, status: Status.completed }, progress }), '');
});

test('Facts leave out what is unknown', () => {
  assert.deepEqual(factWords({ info, progress }, 0), ['18 images', 'running for 3 min 12 s']);
  assert.deepEqual(factWords({ info: { ...info, processingTime: -1, imagesCount: 1 }, progress: null }, 0), ['1 image']);
  assert.deepEqual(factWords({ info: { ...info, status: Status.failed }, progress: { ...progress, expires: 7_200_000 } }, 0),
    ['18 images', 'took 3 min 12 s', 'expires in 2 hours']);
});
