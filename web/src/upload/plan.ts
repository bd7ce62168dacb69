import type { HeldFile } from '../node/wire.ts';

/** What identifies a file among those that were chosen. */
export type Chosen = Pick<File, 'name' | 'size' | 'lastModified'>;

/** A file and the name under which it is sent. */
export interface Planned<Item extends Chosen = File> {
  readonly file: Item;
  readonly name: string;
}

/** Adds files to those chosen already; the same photo chosen again, in a folder say, is taken once. */
export function addFiles<Item extends Chosen>(chosen: readonly Item[], added: readonly Item[]): readonly Item[] {
  const known = new Set(chosen.map(identity));
  const fresh: Item[] = [];
  for (const file of added) {
    if (!known.has(identity(file))) {
      known.add(identity(file));
      fresh.push(file);
    }
  }

  return [...chosen, ...fresh];
}

function identity({ name, size, lastModified }: Chosen): string {
  return `${size}/${lastModified}/${name}`;
}

/**
 * Gives every file a name of its own, by the node's own rule for names that are taken. Cameras begin again with the
 * same names in each of their folders; with the names settled here, a list of the node tells for certain what it holds.
 */
export function planNames<Item extends Chosen>(files: readonly Item[]): readonly Planned<Item>[] {
  const taken = new Set<string>();
  return files.map((file) => {
    let name = file.name === 'body.json' ? '_body.json' : file.name;
    while (taken.has(name)) {
      name = nextName(name);
    }

    taken.add(name);
    return { file, name };
  });
}

function nextName(taken: string): string {
  const dot = taken.lastIndexOf('.');
  return dot <= 0 ? `${taken}_` : `${taken.slice(0, dot)}_${taken.slice(dot)}`;
}

/**
 * The files that have still to be sent.
 *
 * @param held What the node says it holds; null when it cannot tell.
 * @param acknowledged Names of the files whose arrival the node has confirmed to this page.
 */
export function missingFiles<Item extends Chosen>(
  planned: readonly Planned<Item>[],
  held: readonly HeldFile[] | null,
  acknowledged: ReadonlySet<string>,
): readonly Planned<Item>[] {
  if (held === null) {
    return planned.filter(({ name }) => !acknowledged.has(name));
  }

  const sizes = new Map(held.map(({ name, size }) => [name, size]));
  return planned.filter(({ name, file }) => sizes.get(name) !== file.size);
}

/** Seconds to wait before the next try of a file; each pause is longer than the one before. */
export function retryPause(triesSoFar: number): number {
  return triesSoFar;
}

/**
 * How many files are sent at the same time. Browsers open six connections to a host over HTTP/1.1; two of them are left
 * to the list of tasks and to a live console, which would otherwise stand still until a photo is through.
 */
export function lanes(protocol: string): number {
  return protocol === 'h2' || protocol === 'h3' ? 8 : 4;
}
