import type { OptionDefinition } from '../node/wire.ts';

/** The first group whose pattern fits an option's name takes it; the order is that of the editor. */
const groups: readonly { readonly title: string; readonly pattern: RegExp }[] = [
  { title: 'Orthophoto', pattern: /orthophoto|^(build-overviews|cog|tiles)$/ },
  { title: 'Elevation models', pattern: /^(dem-|dsm$|dtm$|smrf-)/ },
  { title: 'Point cloud', pattern: /^pc-/ },
  { title: 'Mesh and texture', pattern: /mesh|^(texturing-|skip-3dmodel|gltf|3d-tiles)/ },
  { title: 'Area and resolution', pattern: /boundary|^(crop|ignore-gsd)$/ },
  { title: 'Cameras and features', pattern: /camera|feature|^(matcher-|sfm-|use-hybrid|rolling-shutter|sky-removal|bg-removal)/ },
  { title: 'Positions', pattern: /gps|^use-exif$/ },
  { title: 'Multispectral', pattern: /band|radiometric/ },
  { title: 'Large surveys', pattern: /^(split|merge|sm-)/ },
  { title: 'Run', pattern: /^(end-with|rerun-from|max-concurrency|no-gpu|optimize-|skip-report|video-)/ },
];

const rest = 'Other';

export interface OptionGroup {
  readonly title: string;
  readonly definitions: readonly OptionDefinition[];
}

/** Sorts options into groups for reading; empty groups are left out. */
export function groupOptions(definitions: readonly OptionDefinition[]): readonly OptionGroup[] {
  const byTitle = new Map<string, OptionDefinition[]>([...groups.map(({ title }) => title), rest].map((title) => [title, []]));
  for (const definition of definitions) {
    const group = groups.find(({ pattern }) => pattern.test(definition.name));
    byTitle.get(group?.title ?? rest)!.push(definition);
  }

  return [...byTitle]
    .filter(([, members]) => members.length > 0)
    .map(([title, members]) => ({ title, definitions: members }));
}

/** Whether an option is looked for: all words of the query are in its name or help. */
export function matches(definition: OptionDefinition, query: string): boolean {
  const text = `${definition.name} ${definition.name.replaceAll('-', ' ')} ${definition.help}`.toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
