import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Debian's package has it; `npm test` installs that where it may. */
export const hasNatsServer = spawnSync("nats-server", ["--version"], { stdio: "ignore" }).status === 0;

/** A NATS server with JetStream of a test's own, to be killed and started again on the same port. */
export type NatsServer = { readonly url: string; kill(): Promise<void>; start(): Promise<void>; stop(): Promise<void> };

export async function startNatsServer(): Promise<NatsServer> {
  const store = await mkdtemp(join(tmpdir(), "weft-nats-"));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const server: NatsServer = {
    url: `nats://127.0.0.1:${port}`,
    async start() {
      child = spawn("nats-server", ["-a", "127.0.0.1", "-p", String(port), "-js", "-sd", store], { stdio: ["ignore", "ignore", "pipe"] });
      const own = child;
      await new Promise<void>((ready, failed) => {
        own.stderr?.on("data", (chunk: Buffer) => chunk.toString().includes("Server is ready") && ready());
        own.once("exit", () => failed(new Error("nats-server ended")));
      });
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      await server.kill();
      await rm(store, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}
