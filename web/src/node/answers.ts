import { errorOf, NodeError } from './errors.ts';

/** Tells good answers from errors; whatever way the request was made. */
export function readAnswer(status: number, json: boolean, body: string): unknown {
  if (!json) {
    throw status === 404
      ? new NodeError('unsupported', 'The node does not know this request.')
      : new NodeError('unreachable', `The node gave no proper answer (status ${status}).`);
  }

  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw new NodeError('unreachable', 'The answer of the node was cut short.');
  }

  const error = errorOf(answer);
  if (error !== null) {
    throw error;
  }

  return answer;
}
