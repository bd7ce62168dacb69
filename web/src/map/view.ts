import { control, latLngBounds, Map as LeafletMap, type LatLngBounds } from 'leaflet';
import { freshId, h } from '../ui/dom.ts';
import type { LayerName, WebOdmApi } from './api.ts';
import { SurveyLayer } from './surveyLayer.ts';
import type { MapTask, TileSet } from './wire.ts';

const titles: Readonly<Record<LayerName, string>> = { orthophoto: 'Orthophoto', dsm: 'Surface', dtm: 'Terrain' };
const tilePixels = 256;
const mostZoom = 24;

/** A raster and its place among the others. */
export interface ShownLayer {
  readonly name: LayerName;
  readonly tiles: TileSet;
}

/** The map with the layers of one task. There is no map below: nothing is asked of any other host. */
export class MapView {
  readonly element = h('div', { class: 'map-view' });
  readonly layerControl = h('fieldset', { class: 'map-layers', hidden: true }, h('legend', {}, 'Layers'));

  private readonly canvas = h('div', { class: 'map-canvas' });
  private map: LeafletMap | null = null;
  private layers: readonly SurveyLayer[] = [];
  private readonly rows = h('div', { class: 'map-layer-rows' });

  constructor(private readonly api: WebOdmApi, private readonly onTrouble: (thrown: unknown) => void) {
    this.element.append(this.canvas);
    this.layerControl.append(this.rows);
  }

  /** @param shown From the lowest to the highest; the highest is switched on. */
  show(task: MapTask, shown: readonly ShownLayer[]): void {
    this.clear();
    const map = this.map ??= this.open();
    this.layers = shown.map(({ name, tiles }, index) => this.layerOf(task, name, tiles, index));
    shown.forEach(({ name }, index) => {
      const isOn = index === shown.length - 1;
      this.rows.prepend(this.rowOf(name, this.layers[index]!, isOn));
    });
    this.layerControl.hidden = shown.length === 0;
    const bounds = shown.map(({ tiles }) => boundsOf(tiles)).reduce<LatLngBounds | null>((all, one) => all?.extend(one) ?? one, null);
    if (bounds !== null) {
      map.setMinZoom(Math.min(...shown.map(({ tiles }) => tiles.minZoom)));
      map.fitBounds(bounds, { padding: [24, 24], animate: false });
      this.layers.at(-1)?.addTo(map);
    }
  }

  clear(): void {
    for (const layer of this.layers) {
      layer.remove();
    }

    this.layers = [];
    this.rows.replaceChildren();
    this.layerControl.hidden = true;
  }

  private open(): LeafletMap {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const map = new LeafletMap(this.canvas, {
      attributionControl: false, maxZoom: mostZoom, zoomSnap: 0.5, fadeAnimation: !still, zoomAnimation: !still, inertia: !still,
    });
    control.scale({ imperial: false }).addTo(map);

    // A message above the map, or the list beside it, may leave it less room; Leaflet itself sees the window only.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(this.canvas);
    return map;
  }

  private layerOf(task: MapTask, name: LayerName, tiles: TileSet, index: number): SurveyLayer {
    const dense = window.devicePixelRatio > 1;
    const layer = new SurveyLayer(
      (place, signal) => this.api.tile(task, name, place, dense, signal),
      dense ? 2 * tilePixels : tilePixels,
      { bounds: boundsOf(tiles), minNativeZoom: tiles.minZoom, maxNativeZoom: tiles.maxZoom, maxZoom: mostZoom, zIndex: index + 1, noWrap: true });
    layer.on('tileerror', ({ error }) => this.onTrouble(error));
    return layer;
  }

  private rowOf(name: LayerName, layer: SurveyLayer, isOn: boolean): HTMLElement {
    const id = freshId('layer');
    const box = h('input', { type: 'checkbox', id, checked: isOn });
    const opacity = h('input', { type: 'range', min: 0, max: 100, value: 100, 'aria-label': `Opacity of ${titles[name]}` });
    box.addEventListener('change', () => {
      if (box.checked && this.map !== null) {
        layer.addTo(this.map);
      } else {
        layer.remove();
      }
    });
    opacity.addEventListener('input', () => layer.setOpacity(Number(opacity.value) / 100));
    return h('div', { class: 'map-layer' }, box, h('label', { for: id }, titles[name]), opacity);
  }
}

function boundsOf({ bounds: [west, south, east, north] }: TileSet): LatLngBounds {
  return latLngBounds([south, west], [north, east]);
}
