import type { OptionChoice, OptionDefinition, OptionValue } from '../node/wire.ts';
import { problemOf } from './domain.ts';

/** Options that differ from their defaults, by name, as texts. */
export type Draft = ReadonlyMap<string, string>;

/** Whether a text means the default of an option. */
export function isDefault(definition: OptionDefinition, text: string): boolean {
  const { type, value } = definition;
  return text === value
    || ((type === 'int' || type === 'float') && text.trim() !== '' && value !== '' && Number(text) === Number(value));
}

/** The draft after one option was given a text; going back to the default takes it out. */
export function withOption(draft: Draft, definition: OptionDefinition, text: string): Draft {
  const next = new Map(draft);
  if (isDefault(definition, text)) {
    next.delete(definition.name);
  } else {
    next.set(definition.name, text);
  }

  return next;
}

export function withoutOption(draft: Draft, name: string): Draft {
  const next = new Map(draft);
  next.delete(name);
  return next;
}

/** The draft that says what the options of a task say. */
export function draftOf(definitions: readonly OptionDefinition[], choices: readonly OptionChoice[]): Draft {
  const known = new Map(definitions.map((definition) => [definition.name, definition]));
  const draft = new Map<string, string>();
  for (const { name, value } of choices) {
    const definition = known.get(name);
    if (definition !== undefined && !isDefault(definition, String(value))) {
      draft.set(name, String(value));
    }
  }

  return draft;
}

/** What is sent to the node: the changed options alone, typed, in the node's own order. */
export function choicesOf(definitions: readonly OptionDefinition[], draft: Draft): readonly OptionChoice[] {
  return definitions.flatMap((definition) => {
    const text = draft.get(definition.name);
    return text === undefined ? [] : [{ name: definition.name, value: valueOf(definition, text) }];
  });
}

function valueOf(definition: OptionDefinition, text: string): OptionValue {
  switch (definition.type) {
    case 'bool': return text === 'true';
    // What is no proper number goes as it is, and the node says what it thinks of it.
    case 'int':
    case 'float': return problemOf(definition, text) === null ? Number(text) : text;
    default: return text;
  }
}

/** The first thing that is wrong with each option of a draft. */
export function problemsOf(definitions: readonly OptionDefinition[], draft: Draft): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const definition of definitions) {
    const text = draft.get(definition.name);
    const problem = text === undefined ? null : problemOf(definition, text);
    if (problem !== null) {
      problems.set(definition.name, problem);
    }
  }

  return problems;
}

/** The help of an option with its placeholders filled in. */
export function helpOf(definition: OptionDefinition): string {
  const { help, value, domain } = definition;
  const choices = typeof domain === 'string' ? domain : domain.filter((choice) => choice !== '').join(', ');
  return help.replaceAll(/%\(default\)s|%\(choices\)s|%%/g, (placeholder) =>
    placeholder === '%(default)s' ? shown(value) : placeholder === '%(choices)s' ? choices : '%');
}

/** A value as it is shown to people. */
export function shown(value: string): string {
  return value === '' ? 'none' : value;
}
