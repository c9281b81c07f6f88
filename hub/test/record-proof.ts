import { execFileSync } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");

/** Adds the result of a proof to docs/proofs.md, with day, commit, seed and machine. To be called when everything in it held. */
export async function recordProof(name: string, seed: number, facts: readonly string[]): Promise<void> {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--untracked-files=no", "--", "hub", "packages") !== "";
  const commit = `${git("rev-parse", "--short", "HEAD")}${isChanged ? " with changes" : ""}`;
  const heading = `## ${name}, ${new Date().toISOString().slice(0, 10)}, commit ${commit}, seed ${seed}`;
  const lines = [...facts, `Node ${process.version}, ${availableParallelism()} cores`].map((fact) => `- ${fact}`);
  await appendFile(resolve(ROOT, "docs/proofs.md"), `\n${heading}\n\n${lines.join("\n")}\n`);
  process.stdout.write(`${heading}\n${lines.join("\n")}\n`);
}
