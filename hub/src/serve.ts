import { join, resolve } from "node:path";
import { bundledMigrations } from "./bundled-migrations.ts";
import { readBridgeConfig, startBridge } from "./bridge/index.ts";
import { isEdge, readConfig } from "./platform/config.ts";
import { runUntilSignal } from "./platform/lifetime.ts";
import { startHub } from "./main.ts";

// Production: this file is bundled to dist/hub/serve.mjs, with the migrations and the built apps beside it.
const dist = resolve(import.meta.dirname, "..");

await runUntilSignal(
  async () => {
    const argv = process.argv.slice(2);
    if (isEdge(process.env, argv)) return startBridge(readBridgeConfig(process.env));
    const hub = await startHub(readConfig(process.env, argv, { isProduction: true, root: resolve(dist, "..") }), {
      files: { migrations: bundledMigrations(import.meta.dirname), apps: join(dist, "apps") },
      isProduction: true,
    });
    // What starting has used goes back at once, in 70 ms: an idle hub would keep it, 173 MB instead of 125.
    globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
    return hub;
  },
  { endWithParent: process.env["npm_lifecycle_event"] !== undefined },
);
