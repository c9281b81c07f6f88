import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository, with a closing slash. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** How a check ended. `output` is what a person needs to mend it. */
export type CheckResult = { ok: true; note?: string } | { ok: false; output: string };

/** One thing that must hold for the whole tree, with the words that the report uses for it. */
export type Check = { readonly name: string; run(): Promise<CheckResult> };

/**
 * Tools that share the work out over threads (tsc, and what lint asks of types) have each thread work out the types of all operations anew, which is most
 * of what there is to do: one thread of each uses less than half of the CPU time of four (46 to 19 s for the hub's types, 45 to 29 s for lint), and checks
 * run side by side anyway.
 */
const ONE_THREAD = { GOMAXPROCS: "1" };

export type ToolRun = { code: number; stdout: string; stderr: string };

/** Runs a tool of node_modules/.bin and collects what it prints. Never throws for a tool that fails: the exit code says so. */
export async function runTool(tool: string, args: readonly string[], options: { cwd?: string } = {}): Promise<ToolRun> {
  const path = [join(ROOT, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
  const child = spawn(tool, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...ONE_THREAD, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 127, stdout: "", stderr: `${tool}: ${error.message}` }));
    child.on("close", (code, signal) =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString() + (signal ? `\n${tool} ended by ${signal}` : ""),
      }),
    );
  });
}

/** A check that is a tool's own verdict: exit code 0 is good, anything else shows what the tool said. */
export function toolCheck(name: string, ...runs: readonly (readonly [tool: string, ...args: string[]])[]): Check {
  return {
    name,
    async run() {
      for (const [tool, ...args] of runs) {
        const { code, stdout, stderr } = await runTool(tool, args);
        if (code !== 0) return { ok: false, output: `$ ${[tool, ...args].join(" ")}\n${stdout}${stderr}` };
      }
      return { ok: true };
    },
  };
}
