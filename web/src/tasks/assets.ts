export interface Asset {
  /** The name under which the node hands it out. */
  readonly name: string;
  readonly label: string;
}

/** Everything that a task can leave behind, the most wanted first; the node's own list of assets, put into words. */
export const assets: readonly Asset[] = [
  { name: 'all.zip', label: 'All results' },
  { name: 'orthophoto.tif', label: 'Orthophoto, GeoTIFF' },
  { name: 'orthophoto.png', label: 'Orthophoto, PNG' },
  { name: 'orthophoto.kmz', label: 'Orthophoto, Google Earth' },
  { name: 'orthophoto.mbtiles', label: 'Orthophoto, map tiles' },
  { name: 'cutline.gpkg', label: 'Cutline' },
  { name: 'dsm.tif', label: 'Surface model' },
  { name: 'dtm.tif', label: 'Terrain model' },
  { name: 'georeferenced_model.laz', label: 'Point cloud, LAZ' },
  { name: 'georeferenced_model.las', label: 'Point cloud, LAS' },
  { name: 'georeferenced_model.ply', label: 'Point cloud, PLY' },
  { name: 'georeferenced_model.csv', label: 'Point cloud, CSV' },
  { name: 'textured_model.glb', label: 'Textured model, glTF' },
  { name: 'ground_control_points.geojson', label: 'Ground control points' },
  { name: 'cameras.json', label: 'Camera calibration' },
  { name: 'images.json', label: 'Photos' },
  { name: 'shots.geojson', label: 'Places of the photos' },
  { name: 'report.pdf', label: 'Report' },
  { name: 'stats.json', label: 'Statistics' },
  { name: 'log.json', label: 'Timings' },
  { name: 'task_output.txt', label: 'Console' },
];
