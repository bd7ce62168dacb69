import { isFields, numberOf, textOf } from '../node/wire.ts';

/** What the WebODM interface of the node answers, as far as the map reads it. */

export interface Project {
  readonly id: number;
  readonly name: string;
}

export interface MapTask {
  readonly id: number;
  readonly project: number;
  readonly name: string;
  readonly imagesCount: number;
  /** Null while nothing is known. */
  readonly status: number | null;
  readonly assets: readonly string[];
}

/** The zooms and the place of a layer. */
export interface TileSet {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** West, south, east, north in degrees. */
  readonly bounds: readonly [number, number, number, number];
}

export function readToken(answer: unknown): string {
  return isFields(answer) ? textOf(answer, 'token') : '';
}

export function readProjects(answer: unknown): readonly Project[] {
  return fieldsOf(answer).map((fields) => ({ id: numberOf(fields, 'id'), name: textOf(fields, 'name') }));
}

export function readMapTasks(answer: unknown): readonly MapTask[] {
  return fieldsOf(answer).map((fields) => ({
    id: numberOf(fields, 'id'),
    project: numberOf(fields, 'project'),
    name: textOf(fields, 'name'),
    imagesCount: numberOf(fields, 'images_count'),
    status: typeof fields['status'] === 'number' ? fields['status'] : null,
    assets: Array.isArray(fields['available_assets']) ? fields['available_assets'].map(String) : [],
  }));
}

/** @returns Null for an answer that tells no place. */
export function readTileSet(answer: unknown): TileSet | null {
  if (!isFields(answer) || !Array.isArray(answer['bounds'])) {
    return null;
  }

  const [west, south, east, north] = answer['bounds'].map(Number);
  return west === undefined || south === undefined || east === undefined || north === undefined ? null : {
    minZoom: numberOf(answer, 'minzoom'),
    maxZoom: numberOf(answer, 'maxzoom'),
    bounds: [west, south, east, north],
  };
}

/** The first text that an error of the interface tells: it has three shapes. */
export function readRefusal(answer: unknown): string {
  if (typeof answer === 'string') {
    return answer;
  }

  const first: unknown = Array.isArray(answer) ? answer[0] : isFields(answer) ? Object.values(answer)[0] : undefined;
  return first === undefined ? '' : readRefusal(first);
}

function fieldsOf(answer: unknown) {
  return Array.isArray(answer) ? answer.filter(isFields) : [];
}
