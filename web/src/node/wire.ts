/** What the node answers, as far as the page reads it. */

export type OptionValue = string | number | boolean;

/** An option and its value, as sent to the node and as echoed by it. */
export interface OptionChoice {
  readonly name: string;
  readonly value: OptionValue;
}

export type OptionType = 'int' | 'float' | 'string' | 'bool' | 'enum';

export interface OptionDefinition {
  readonly name: string;
  readonly type: OptionType;
  /** The default, always as text. */
  readonly value: string;
  /** The choices of an enum, else a description of what is allowed. */
  readonly domain: string | readonly string[];
  readonly help: string;
}

export interface NodeInfo {
  readonly taskQueueCount: number;
  readonly totalMemory: number;
  readonly availableMemory: number;
  readonly cpuCores: number;
  readonly maxImages: number | null;
  readonly maxParallelTasks: number;
  readonly engine: string;
  readonly engineVersion: string;
}

export const Status = { queued: 10, running: 20, failed: 30, completed: 40, canceled: 50 } as const;

export interface TaskInfo {
  readonly uuid: string;
  readonly name: string;
  /** Milliseconds since 1970; the time of the last restart once there was one. */
  readonly dateCreated: number;
  /** Milliseconds; -1 while unknown. */
  readonly processingTime: number;
  readonly status: number;
  readonly errorMessage: string | null;
  readonly options: readonly OptionChoice[];
  readonly imagesCount: number;
  /** From 0 to 100. */
  readonly progress: number;
}

export interface TaskProgress {
  readonly progress: number;
  readonly stage: string | null;
  readonly step: string | null;
  readonly unitsDone: number | null;
  readonly unitsPlanned: number | null;
  readonly secondsLeft: number | null;
  readonly queuePosition: number | null;
  /** Milliseconds since 1970. */
  readonly expires: number | null;
}

/** A file that an open upload holds. */
export interface HeldFile {
  readonly name: string;
  readonly size: number;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(fields: Fields, key: string): string {
  return textOrNull(fields, key) ?? '';
}

export function textOrNull(fields: Fields, key: string): string | null {
  const value = fields[key];
  return typeof value === 'string' ? value : null;
}

function numberOrNull(fields: Fields, key: string): number | null {
  const value = fields[key];
  return typeof value === 'number' ? value : null;
}

export function numberOf(fields: Fields, key: string): number {
  return numberOrNull(fields, key) ?? 0;
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function readInfo(answer: unknown): NodeInfo {
  const fields = isFields(answer) ? answer : {};
  return {
    taskQueueCount: numberOf(fields, 'taskQueueCount'),
    totalMemory: numberOf(fields, 'totalMemory'),
    availableMemory: numberOf(fields, 'availableMemory'),
    cpuCores: numberOf(fields, 'cpuCores'),
    maxImages: numberOrNull(fields, 'maxImages'),
    maxParallelTasks: numberOf(fields, 'maxParallelTasks'),
    engine: textOf(fields, 'engine'),
    engineVersion: textOf(fields, 'engineVersion'),
  };
}

const types: readonly OptionType[] = ['int', 'float', 'string', 'bool', 'enum'];

export function readDefinitions(answer: unknown): readonly OptionDefinition[] {
  return list(answer).map((fields) => {
    const { domain } = fields;
    return {
      name: textOf(fields, 'name'),
      type: types.find((type) => type === fields['type']) ?? 'string',
      value: textOf(fields, 'value'),
      domain: Array.isArray(domain) ? domain.map(String) : textOf(fields, 'domain'),
      help: textOf(fields, 'help'),
    };
  });
}

function readChoices(value: unknown): readonly OptionChoice[] {
  return list(value).map((fields) => ({ name: textOf(fields, 'name'), value: valueOf(fields['value']) }));
}

function valueOf(value: unknown): OptionValue {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : JSON.stringify(value);
}

/** The ids of a task list, with the information where the node gave it. */
export function readTaskList(answer: unknown): readonly { readonly uuid: string; readonly info: TaskInfo | null }[] {
  return list(answer).map((fields) => ({
    uuid: textOf(fields, 'uuid'),
    info: 'status' in fields ? readTask(fields) : null,
  }));
}

export function readTask(answer: unknown): TaskInfo {
  const fields = isFields(answer) ? answer : {};
  const status = isFields(fields['status']) ? fields['status'] : {};
  return {
    uuid: textOf(fields, 'uuid'),
    name: textOf(fields, 'name'),
    dateCreated: numberOf(fields, 'dateCreated'),
    processingTime: numberOrNull(fields, 'processingTime') ?? -1,
    status: numberOf(status, 'code'),
    errorMessage: textOrNull(status, 'errorMessage'),
    options: readChoices(fields['options']),
    imagesCount: numberOf(fields, 'imagesCount'),
    progress: numberOf(fields, 'progress'),
  };
}

export function readProgress(answer: unknown): TaskProgress {
  const fields = isFields(answer) ? answer : {};
  return {
    progress: numberOf(fields, 'progress'),
    stage: textOrNull(fields, 'stage'),
    step: textOrNull(fields, 'step'),
    unitsDone: numberOrNull(fields, 'unitsDone'),
    unitsPlanned: numberOrNull(fields, 'unitsPlanned'),
    secondsLeft: numberOrNull(fields, 'secondsLeft'),
    queuePosition: numberOrNull(fields, 'queuePosition'),
    expires: numberOrNull(fields, 'expires'),
  };
}

export function readHeldFiles(answer: unknown): readonly HeldFile[] {
  const fields = isFields(answer) ? answer : {};
  return list(fields['files']).map((file) => ({ name: textOf(file, 'name'), size: numberOf(file, 'size') }));
}

export function readLines(answer: unknown): readonly string[] {
  return Array.isArray(answer) ? answer.map(String) : [];
}
