import { execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");

/**
 * How a test runs that is a proof too: its small part under `npm test`, always the same; under `npm run prove -- NAME` the short form, with
 * `--full` the full one, each with a seed of its own.
 */
export function proofRun<Size>(name: string, sizes: { readonly part: Size; readonly short: Size; readonly full: Size }) {
  const isProof = process.env["WEFT_PROVE"] === name;
  return {
    isProof,
    size: sizes[!isProof ? "part" : process.env["WEFT_PROVE_FULL"] === "1" ? "full" : "short"],
    seed: Number(process.env["WEFT_PROVE_SEED"] ?? (isProof ? randomInt(1, 1_000_000) : 1)),
  };
}

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
