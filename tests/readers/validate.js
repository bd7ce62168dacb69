// Checks a binary glTF file with the validator of the Khronos Group: node validate.js FILE.glb
// Prints each message that is an error or a warning, and what the file holds.
import { readFileSync } from 'node:fs';
import { validateBytes } from 'gltf-validator';

const report = await validateBytes(new Uint8Array(readFileSync(process.argv[2])));
const { messages, numErrors, numWarnings } = report.issues;
for (const message of messages.filter(({ severity }) => severity < 2)) {
  console.error(`${message.code} ${message.pointer}: ${message.message}`);
}

const { totalTriangleCount, totalVertexCount, materialCount } = report.info;
console.log(`${totalTriangleCount} ${totalVertexCount} ${materialCount}`);
process.exitCode = numErrors + numWarnings > 0 ? 1 : 0;
