import { resolve } from "node:path";
import { buildApps } from "./build-apps.ts";
import { buildHub } from "./build-hub.ts";
import { buildWebClient } from "./build-web-client.ts";

const started = performance.now();
const { bytes } = await buildWebClient();
console.log(`weft.js ${(bytes / 1024).toFixed(1)} KB (gzip)`);
for (const { app, built, seconds } of await buildApps()) console.log(`${app.padEnd(8)}${built ? `${seconds.toFixed(1)} s` : "unchanged"}`);
await buildHub(resolve(import.meta.dirname, "../dist/hub"));
console.log(`hub     dist/hub/serve.mjs, all in ${((performance.now() - started) / 1000).toFixed(1)} s`);
