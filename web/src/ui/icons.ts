/** Strokes on a grid of 16 by 16. */
const strokes = {
  add: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  chevron: 'M6 4l4 4-4 4',
  download: 'M8 2.5v7.5M4.75 7 8 10.25 11.25 7M3 13h10',
  upload: 'M8 10.5V3M4.75 6 8 2.75 11.25 6M3 13h10',
  folder: 'M2 12.5v-9h4l1.5 2H14v7z',
  photo: 'M2.5 3.5h11v9h-11zM2.5 10.5 6 7.5l3 2.5 2-1.5 2.5 2M10.5 6.2h.01',
  restart: 'M12.8 8a4.8 4.8 0 1 1-1.5-3.5M12.8 2.2v3h-3',
  stop: 'M4.5 4.5h7v7h-7z',
  remove: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 14 14',
  sliders: 'M2 5h6M12 5h2M2 11h2M8 11h6M10 3.2v3.6M6 9.2v3.6',
  console: 'M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10h3',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  follow: 'M8 2.5v8M4.75 7.5 8 10.75l3.25-3.25M3 13.5h10',
} as const;

export type IconName = keyof typeof strokes;

const namespace = 'http://www.w3.org/2000/svg';

/** A decorative picture; the text beside it, or the label of its button, carries the meaning. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', strokes[name]);
  svg.append(path);
  return svg;
}
