// Reads a tiled cloud with readers that share no code with the engine: node tree.js ept FOLDER OUT
//                                                                    or node tree.js copc FILE.copc.laz OUT
// OUT receives for each node its key and number of points as five 32-bit integers, then its records as LAS has them.
// Prints the description of the cloud as JSON.
import { readFileSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Copc, Ept, Key } from 'copc';
import { createLazPerf } from 'laz-perf';

const [kind, path, output] = process.argv.slice(2);
const perf = await createLazPerf();
const out = openSync(output, 'w');

function write(key, count, records) {
  writeSync(out, new Uint8Array(new Int32Array([...Key.parse(key), count]).buffer));
  writeSync(out, records);
}

function unpack(file) {
  const bytes = readFileSync(file);
  const place = perf._malloc(bytes.length);
  perf.HEAPU8.set(bytes, place);
  const laz = new perf.LASZip();
  laz.open(place, bytes.length);
  const length = laz.getPointLength();
  const record = perf._malloc(length);
  const all = new Uint8Array(laz.getCount() * length);
  for (let i = 0; i < laz.getCount(); i++) {
    laz.getPoint(record);
    all.set(perf.HEAPU8.subarray(record, record + length), i * length);
  }

  laz.delete();
  perf._free(record);
  perf._free(place);
  return all;
}

if (kind === 'ept') {
  const description = JSON.parse(readFileSync(join(path, 'ept.json')));
  const pages = ['0-0-0-0'];
  while (pages.length > 0) {
    const page = Ept.Hierarchy.parse(JSON.parse(readFileSync(join(path, 'ept-hierarchy', `${pages.pop()}.json`))));
    pages.push(...Object.keys(page.pages));
    for (const [key, { pointCount }] of Object.entries(page.nodes)) {
      write(key, pointCount, unpack(join(path, 'ept-data', `${key}.laz`)));
    }
  }

  console.log(JSON.stringify(description));
} else {
  const cloud = await Copc.create(path);
  const pages = [cloud.info.rootHierarchyPage];
  while (pages.length > 0) {
    const page = await Copc.loadHierarchyPage(path, pages.pop());
    pages.push(...Object.values(page.pages));
    for (const [key, node] of Object.entries(page.nodes)) {
      write(key, node.pointCount, await Copc.loadPointDataBuffer(path, cloud.header, node, perf));
    }
  }

  const { header, info, wkt } = cloud;
  console.log(JSON.stringify({ header, info, wkt }));
}
