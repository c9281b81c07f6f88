import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseUrl } from "../lib/database.ts";
import { freePort, startBenchHub, startOn } from "../lib/hub.ts";
import type { Bench } from "../lib/report.ts";
import { measureLive } from "./live.ts";

export const liveNats: Bench = {
  name: "live-nats",
  about: "the same as live with two nodes and NATS JetStream between them: all changes on one node, all 1,000 screens on the other",
  async run({ seconds }) {
    const nats = await startNats();
    const settings = { NATS_URL: nats.url };
    const writing = await startBenchHub({ products: 1000, customers: 1000 }, settings);
    const besideHome = mkdtempSync(join(tmpdir(), "weft-bench-beside-"));
    try {
      const showing = await startOn(besideHome, { ...settings, DATABASE_URL: databaseUrl(writing.home), WEFT_BACKUPS_KEPT: "0" });
      try {
        return await measureLive(writing, showing.url, seconds);
      } finally {
        await showing.stop();
      }
    } finally {
      await writing.stop();
      nats.stop();
      rmSync(besideHome, { recursive: true, force: true });
    }
  },
};

/** Debian's package has the server. */
async function startNats(): Promise<{ readonly url: string; stop(): void }> {
  const port = await freePort();
  const store = mkdtempSync(join(tmpdir(), "weft-bench-nats-"));
  const child: ChildProcess = spawn("nats-server", ["-a", "127.0.0.1", "-p", String(port), "-js", "-sd", store], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  await new Promise<void>((ready, failed) => {
    child.stderr?.on("data", (chunk: Buffer) => chunk.toString().includes("Server is ready") && ready());
    child.once("error", () => failed(new Error("there is no nats-server (Debian: apt-get install nats-server)")));
  });
  return {
    url: `nats://127.0.0.1:${port}`,
    stop() {
      child.kill("SIGTERM");
      rmSync(store, { recursive: true, force: true });
    },
  };
}
