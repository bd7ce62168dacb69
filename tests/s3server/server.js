'use strict';

// An S3 server on a free port of the loopback interface: node server.js FOLDER BUCKET [KEY.pem CERTIFICATE.pem]
// It checks signatures, takes the keys S3RVER / S3RVER, prints "listening on PORT" and ends when its standard input does.

const fs = require('node:fs');
const path = require('node:path');
const S3rver = require('@20minutes/s3rver');

const [directory, bucket, key, cert] = process.argv.slice(2);
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: bucket }],
  key: key && fs.readFileSync(key),
  cert: cert && fs.readFileSync(cert),
});

// s3rver knows every request of a multipart upload but its end without a result. The refusal comes after the signature
// was checked, so what is left to do is to throw the parts away.
server.middleware.unshift(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    const { uploadId } = ctx.query;
    if (error.code !== 'MethodNotAllowed' || ctx.method !== 'DELETE' || !uploadId) {
      throw error;
    }
    await fs.promises.rm(path.join(directory, bucket, '._S3rver_uploads', path.basename(uploadId)), { recursive: true });
    ctx.status = 204;
  }
});

server.run().then(({ port }) => console.log(`listening on ${port}`));
process.stdin.on('end', () => process.exit()).resume();
