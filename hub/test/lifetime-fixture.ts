/** A process with a life: `node lifetime-fixture.ts well|wrong-settings|fails-to-start|hangs-at-stop`. Says `up` and `stopped`. */
import { ConfigError } from "../src/platform/config.ts";
import { runUntilSignal } from "../src/platform/lifetime.ts";

const [way] = process.argv.slice(2);
const keepsRunning = setInterval(() => {}, 60_000);

await runUntilSignal(
  async () => {
    if (way === "wrong-settings") throw new ConfigError("PORT must be a whole number");
    if (way === "fails-to-start") throw new Error("the port is taken");
    console.log("up", process.pid);
    return {
      stop: async () => {
        clearInterval(keepsRunning);
        if (way === "hangs-at-stop") await new Promise(() => {});
        console.log("stopped");
      },
    };
  },
  { endWithParent: true, stopWithinMs: 300 },
);
