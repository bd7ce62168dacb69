import { isFields, textOf } from './wire.ts';

/**
 * What went wrong with a request.
 *
 * - `unreachable`: no answer, or one that is not the node's; trying again may help
 * - `token`: the node wants another token
 * - `refused`: the node answered an error of its own
 * - `unsupported`: the node has no such route
 */
export type NodeErrorKind = 'unreachable' | 'token' | 'refused' | 'unsupported';

export class NodeError extends Error {
  constructor(
    readonly kind: NodeErrorKind,
    message: string,
    /** True when the node says that the same request will never succeed. */
    readonly noRetry = false,
  ) {
    super(message);
  }
}

/** An error of one option. */
export interface OptionProblem {
  readonly name: string;
  readonly error: string;
}

/** Errors of options come as JSON inside the text of an error. Null when the text is an ordinary one. */
export function parseOptionProblems(message: string): readonly OptionProblem[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    return null;
  }

  if (!Array.isArray(parsed) || parsed.length === 0) {
    return null;
  }

  const problems = parsed.filter(isFields).map((fields) => ({ name: textOf(fields, 'name'), error: textOf(fields, 'error') }));
  return problems.length === parsed.length && problems.every((problem) => problem.name !== '') ? problems : null;
}

/** The error that an answer of the node tells, although its status is 200. Null for a good answer. */
export function errorOf(answer: unknown): NodeError | null {
  if (!isFields(answer) || typeof answer['error'] !== 'string') {
    return null;
  }

  const message = answer['error'];
  return message.startsWith('Invalid authentication token')
    ? new NodeError('token', message)
    : new NodeError('refused', message, answer['noRetry'] === true);
}

/** A sentence for whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
