// SPDX-License-Identifier: Apache-2.0
// Writes an image with etcher-sdk, verified as it does by itself. Usage: node image_etcher.cjs SDK_FOLDER IMAGE TARGET
const path = require("path");
const { createRequire } = require("module");
const [, , folder, image, target] = process.argv;
const sdk = createRequire(path.join(path.resolve(folder), "package.json"))("etcher-sdk");

async function main() {
  const source = await new sdk.sourceDestination.File({ path: image }).getInnerSource();
  const destination = new sdk.sourceDestination.File({ path: target, write: true });
  const failures = [];
  const result = await sdk.multiWrite.pipeSourceToDestinations({
    source,
    destinations: [destination],
    verify: true,
    numBuffers: 16,
    onFail: (_, error) => failures.push(error),
    onProgress: () => undefined,
  });
  if (failures.length) throw failures[0];
  process.stdout.write(JSON.stringify({ bytes: result.bytesWritten }) + "\n");
}

main().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(String(error && error.stack) + "\n");
    process.exit(1);
  },
);
