import type { OptionDefinition } from '../../src/node/wire.ts';

/** An option as a node describes it; what a test does not care about has a plain value. */
export function option(given: Partial<OptionDefinition> & { readonly name: string }): OptionDefinition {
  return { type: 'string', value: '', domain: 'string', help: '', ...given };
}

export const dsm = option({ name: 'dsm', type: 'bool', value: 'false', domain: '' });
export const crop = option({ name: 'crop', type: 'float', value: '3', domain: 'positive float' });
export const depth = option({ name: 'mesh-octree-depth', type: 'int', value: '11', domain: 'integer: 1 <= x <= 14' });
export const quality = option({ name: 'pc-quality', type: 'enum', value: 'medium', domain: ['high', 'medium', 'low'] });
export const boundary = option({ name: 'boundary', domain: 'json' });
export const all = [dsm, crop, depth, quality, boundary];
