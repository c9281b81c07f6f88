import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiled sources are kept between starts, so everything else is loaded after this line.
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/weft-compile"));
const { runUntilSignal } = await import("./platform/lifetime.ts");

await runUntilSignal(
  async () => {
    const { isEdge, readConfig } = await import("./platform/config.ts");
    const argv = process.argv.slice(2);
    if (isEdge(process.env, argv)) {
      const { readBridgeConfig, startBridge } = await import("./bridge/index.ts");
      return startBridge(readBridgeConfig(process.env));
    }
    const { startHub } = await import("./main.ts");
    return startHub(readConfig(process.env, argv));
  },
  { endWithParent: process.env["npm_lifecycle_event"] !== undefined },
);
