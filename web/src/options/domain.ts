import type { OptionDefinition } from '../node/wire.ts';

interface Bound {
  readonly value: number;
  readonly inclusive: boolean;
}

interface Range {
  readonly least: Bound | null;
  readonly most: Bound | null;
}

const number = String.raw`(-?\d+(?:\.\d+)?)`;
const between = new RegExp(`^(?:integer|float): ${number} <= x <= ${number}$`);
const compared = new RegExp(`^(?:integer|float) (<=|>=|<|>) ${number}$`);

/** The numbers that the text of a domain allows; null when it says nothing about numbers that this page understands. */
function rangeOf(domain: string): Range | null {
  const both = between.exec(domain);
  if (both !== null) {
    return { least: { value: Number(both[1]), inclusive: true }, most: { value: Number(both[2]), inclusive: true } };
  }

  const one = compared.exec(domain);
  if (one !== null) {
    const bound = { value: Number(one[2]), inclusive: one[1]!.endsWith('=') };
    return one[1]!.startsWith('>') ? { least: bound, most: null } : { least: null, most: bound };
  }

  const zero = { value: 0, inclusive: true };
  return domain.startsWith('positive ') ? { least: zero, most: null }
    : domain.startsWith('negative ') ? { least: null, most: zero }
    : domain === 'percent' ? { least: zero, most: { value: 100, inclusive: true } }
    : null;
}

/** What is allowed, in words for people; empty when the input shows it by itself. */
export function domainWords(definition: OptionDefinition): string {
  const { type, domain } = definition;
  if (typeof domain !== 'string' || type === 'bool' || type === 'enum') {
    return '';
  }

  if (domain === 'json') {
    return 'JSON text';
  }

  if (type === 'string') {
    return '';
  }

  const noun = type === 'int' ? 'whole number' : 'number';
  const range = rangeOf(domain);
  return range === null ? noun : `${noun}${rangeWords(range)}`;
}

function rangeWords({ least, most }: Range): string {
  if (least !== null && most !== null) {
    return ` from ${least.value} to ${most.value}`;
  }

  return least !== null ? (least.inclusive ? `, ${least.value} or more` : ` above ${least.value}`)
    : most !== null ? (most.inclusive ? `, ${most.value} or less` : ` below ${most.value}`)
    : '';
}

/** Why the node would not take a text, or would read it as something else; null when it is fine. */
export function problemOf(definition: OptionDefinition, text: string): string | null {
  const { type, domain } = definition;
  if (typeof domain !== 'string') {
    return domain.includes(text) ? null : `Choose one of: ${domain.join(', ')}`;
  }

  if (type === 'int' || type === 'float') {
    return numberProblem(type, domain, text.trim());
  }

  return domain === 'json' && text.trim() !== '' ? jsonProblem(text) : null;
}

function numberProblem(type: 'int' | 'float', domain: string, text: string): string | null {
  const pattern = type === 'int' ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  if (!pattern.test(text)) {
    return type === 'int' ? 'Enter a whole number.' : 'Enter a number.';
  }

  const value = Number(text);
  const range = rangeOf(domain);
  const below = range?.least && (value < range.least.value || (value === range.least.value && !range.least.inclusive));
  const above = range?.most && (value > range.most.value || (value === range.most.value && !range.most.inclusive));
  return range !== null && (below || above) ? `Enter a ${type === 'int' ? 'whole number' : 'number'}${rangeWords(range)}.` : null;
}

function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    return 'This is not valid JSON.';
  }
}
