// Unpacks with laz-perf, a reader that shares no code with the engine: node dump.js file FILE.laz OUT
//                                                                    or node dump.js chunk FORMAT LENGTH COUNT CHUNK OUT
import { readFileSync, writeFileSync } from 'node:fs';
import { createLazPerf } from 'laz-perf';

const [kind, ...rest] = process.argv.slice(2);
const perf = await createLazPerf();

function copied(bytes) {
  const place = perf._malloc(bytes.length);
  perf.HEAPU8.set(bytes, place);
  return place;
}

function records(decoder, count, length) {
  const place = perf._malloc(length);
  const all = new Uint8Array(count * length);
  for (let i = 0; i < count; i++) {
    decoder.getPoint(place);
    all.set(perf.HEAPU8.subarray(place, place + length), i * length);
  }

  return all;
}

if (kind === 'file') {
  const bytes = readFileSync(rest[0]);
  const file = new perf.LASZip();
  file.open(copied(bytes), bytes.length);
  writeFileSync(rest[1], records(file, file.getCount(), file.getPointLength()));
} else {
  const [format, length, count] = rest.slice(0, 3).map(Number);
  const chunk = new perf.ChunkDecoder();
  chunk.open(format, length, copied(readFileSync(rest[3])));
  writeFileSync(rest[4], records(chunk, count, length));
}
