import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer } from '../../src/node/answers.ts';
import { errorOf, NodeError, parseOptionProblems, type NodeErrorKind } from '../../src/node/errors.ts';

test('Errors of options are read from the JSON inside the text', () => {
  const answer: unknown = JSON.parse(String.raw`{"error":"[{\"name\":\"crop\",\"error\":\"Invalid value -1 (out of range)\"},{\"name\":\"dsm\",\"error\":\"Cannot convert yes to boolean\"}]"}`);

  assert.deepEqual(parseOptionProblems(errorOf(answer)!.message), [
    { name: 'crop', error: 'Invalid value -1 (out of range)' },
    { name: 'dsm', error: 'Cannot convert yes to boolean' },
  ]);
});

test('Other errors are no errors of options', () => {
  for (const text of ['Need at least 1 file.', '', '[]', '[1]', '{"name":"a"}', '"a"', '[{"error":"nameless"}]', 'Unexpected token \'o\', "notjson" is not valid JSON']) {
    assert.equal(parseOptionProblems(text), null, text);
  }
});

test('A refused token is told from other errors', () => {
  assert.equal(errorOf({ error: 'Invalid authentication token: token does not match.' })!.kind, 'token');
  assert.equal(errorOf({ error: 'x not found' })!.kind, 'refused');
  assert.equal(errorOf({ success: false, error: 'Task cannot be restarted' })!.kind, 'refused');
  assert.equal(errorOf({ error: 'Need at least 1 file.', noRetry: true })!.noRetry, true);
  assert.equal(errorOf({ success: true }), null);
  assert.equal(errorOf([{ error: 'an entry' }]), null);
});

test('Answers that are not the node\'s are failures of the connection', () => {
  const kind = (status: number, json: boolean, body: string): NodeErrorKind | null => {
    try {
      readAnswer(status, json, body);
      return null;
    } catch (thrown) {
      assert.ok(thrown instanceof NodeError);
      return thrown.kind;
    }
  };

  assert.equal(kind(200, true, '{"uuid":"1"}'), null);
  assert.equal(kind(200, true, '{"uuid":'), 'unreachable');
  assert.equal(kind(502, false, 'Bad gateway'), 'unreachable');
  assert.equal(kind(500, false, 'Internal Server Error'), 'unreachable');
  assert.equal(kind(404, false, '<pre>Cannot GET /x</pre>'), 'unsupported');
});
