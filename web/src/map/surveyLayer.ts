import { GridLayer, type Coords, type DoneCallback, type GridLayerOptions } from 'leaflet';

/** Asks for a tile; given up when the signal says so. */
export type TileLoader = (place: Coords, signal: AbortSignal) => Promise<Blob>;

/** Tiles that are fetched with headers and given up when the map has moved on. */
export class SurveyLayer extends GridLayer {
  private readonly loading = new Map<HTMLElement, AbortController>();

  constructor(private readonly load: TileLoader, private readonly pixels: number, options: GridLayerOptions) {
    super(options);
    this.on('tileunload', ({ tile }) => {
      this.loading.get(tile)?.abort();
      this.loading.delete(tile);
    });
  }

  protected override createTile(place: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas');
    canvas.width = this.pixels;
    canvas.height = this.pixels;
    const controller = new AbortController();
    this.loading.set(canvas, controller);
    this.draw(canvas, place, controller.signal).then(
      () => done(undefined, canvas),
      (thrown: unknown) => {
        if (!controller.signal.aborted) {
          done(thrown instanceof Error ? thrown : new Error(String(thrown)), canvas);
        }
      });
    return canvas;
  }

  private async draw(canvas: HTMLCanvasElement, place: Coords, signal: AbortSignal): Promise<void> {
    const picture = await createImageBitmap(await this.load(place, signal));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
  }
}
