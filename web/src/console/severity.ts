export type Severity = 'error' | 'warning' | null;

const error = /^\s*(\[(error|critical|fatal)\]|(error|fatal|critical)\b|traceback\b|killed\b|terminate called|segmentation fault|[\w.]*(error|exception):)/i;
const warning = /^\s*(\[warn(ing)?\]|warn(ing)?\b|[\w.]*warning:)/i;

/** How bad a console line is, by the marks that the engine, ODM and the programs it calls put at its beginning. */
export function severityOf(line: string): Severity {
  return error.test(line) ? 'error' : warning.test(line) ? 'warning' : null;
}
