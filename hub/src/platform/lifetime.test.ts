import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { isLiving } from "./postgres/postmaster.ts";

const FIXTURE = join(import.meta.dirname, "../../test/lifetime-fixture.ts");

describe("the life of the process", () => {
  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("[LIF-1] stops in order at %s", async (signal) => {
    const { child, output } = await startFixture("well");
    child.kill(signal);
    expect(await endOf(child)).toBe(0);
    expect(output()).toContain("stopped");
  });

  it("[LIF-2] stops in order when Ctrl-C arrives twice at once, from the terminal and through npm", async () => {
    const { child, output } = await startFixture("well");
    child.kill("SIGINT");
    child.kill("SIGINT");
    expect(await endOf(child)).toBe(0);
    expect(output()).toContain("stopped");
  });

  it("[LIF-3] ends when its parent was killed and could pass nothing on", async () => {
    const shell = spawn("sh", ["-c", `"$0" "$1" well & wait`, process.execPath, FIXTURE], { stdio: ["ignore", "pipe", "inherit"] });
    const output = collect(shell);
    const pid = await vi.waitFor(() => Number(/up (\d+)/.exec(output())?.[1] ?? expect.fail("not up yet")), PATIENCE);
    shell.kill("SIGKILL");
    await vi.waitFor(() => expect(isLiving(pid)).toBe(false), PATIENCE);
    expect(output()).toContain("stopped");
  });

  it("[LIF-4] says what a person must change, without a stack, and exits with 2", async () => {
    const { child, output } = await startFixture("wrong-settings");
    expect(await endOf(child)).toBe(2);
    expect(output()).toBe("PORT must be a whole number\n");
  });

  it("[LIF-5] exits with 1 when the start fails", async () => {
    const { child, output } = await startFixture("fails-to-start");
    expect(await endOf(child)).toBe(1);
    expect(output()).toContain("the port is taken");
  });

  it("[LIF-6] does not wait for ever for a stop that hangs", async () => {
    const { child } = await startFixture("hangs-at-stop");
    child.kill("SIGTERM");
    expect(await endOf(child)).toBe(1);
  });
});

const PATIENCE = { timeout: 30_000, interval: 20 };

async function startFixture(way: string): Promise<{ child: ChildProcess; output: () => string }> {
  const child = spawn(process.execPath, [FIXTURE, way], { stdio: ["ignore", "pipe", "pipe"] });
  const output = collect(child);
  await vi.waitFor(() => expect(output() !== "" || child.exitCode !== null).toBe(true), PATIENCE);
  return { child, output };
}

function collect(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}
