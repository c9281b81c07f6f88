import { existsSync, readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import type { ICruiseResult, IViolation } from "dependency-cruiser";
import { BOUNDARY_RULES } from "./boundary-rules.ts";
import { type Check, type CheckResult, ROOT, runTool } from "./run-tool.ts";

const FOLDERS = ["hub", "apps", "packages", "demo", "e2e", "bench"];
export const PLANTED = join(ROOT, "tooling/planted");

type Cruise = { files: number; violations: readonly IViolation[] };

/** Who may import whom, over the whole tree. No file seen is a failure: without its TypeScript, the tool finds nothing and is content. */
export const boundaries: Check = {
  name: "boundaries",
  async run() {
    const cruise = await cruiseFolder(ROOT);
    if ("output" in cruise) return cruise;
    if (cruise.files === 0) return { ok: false, output: "dependency-cruiser saw no file of ours: it checks nothing" };
    if (cruise.violations.length > 0) return { ok: false, output: cruise.violations.map(describe).join("\n") };
    return { ok: true, note: `${cruise.files} files, ${BOUNDARY_RULES.length} rules` };
  },
};

/** Whether every rule is awake: tooling/planted breaks each of them once, and exactly that must be reported. */
export const boundariesAwake: Check = {
  name: "boundaries, planted violations",
  async run() {
    const cruise = await cruiseFolder(PLANTED);
    if ("output" in cruise) return cruise;
    const planted = await plantedViolations("breaks");
    const reported = cruise.violations.map(({ rule, from }) => `${rule.name} ${from}`);
    return comparePlanted(
      planted,
      reported,
      BOUNDARY_RULES.map(({ name }) => name ?? ""),
    );
  },
};

/** What the planted files claim to break, as `rule path`: their first line says `// marker: rule-name`, of a page `<!-- marker: rule-name -->`. */
export async function plantedViolations(marker: "breaks" | "impure" | "careless"): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob("**/*.{ts,tsx,md}", { cwd: PLANTED })) {
    const [, rule] = new RegExp(`^(?://|<!--) ${marker}: (\\S+)`).exec(readFileSync(join(PLANTED, path), "utf8")) ?? [];
    if (rule) found.push(`${rule} ${path}`);
  }
  return found;
}

/** Both lists must be equal, and every rule must be among them. */
export function comparePlanted(planted: readonly string[], reported: readonly string[], rules: readonly string[]): CheckResult {
  const problems = [
    ...planted.filter((violation) => !reported.includes(violation)).map((violation) => `planted, but not reported: ${violation}`),
    ...reported.filter((violation) => !planted.includes(violation)).map((violation) => `reported, but not planted: ${violation}`),
    ...rules
      .filter((rule) => !planted.some((violation) => violation.startsWith(`${rule} `)))
      .map((rule) => `no violation is planted for ${rule}`),
  ];
  return problems.length > 0 ? { ok: false, output: problems.join("\n") } : { ok: true, note: `${planted.length} reported` };
}

async function cruiseFolder(cwd: string): Promise<Cruise | { ok: false; output: string }> {
  const folders = FOLDERS.filter((folder) => existsSync(join(cwd, folder)));
  const config = join(ROOT, ".dependency-cruiser.mjs");
  const { stdout, stderr } = await runTool("depcruise", ["--config", config, "--output-type", "json", ...folders], { cwd });
  try {
    // The tool's own result type: it has just written this JSON.
    const result = JSON.parse(stdout) as ICruiseResult;
    const files = result.modules.filter(({ source }) => /\.tsx?$/.test(source) && !source.includes("node_modules")).length;
    return { files, violations: result.summary.violations };
  } catch {
    return { ok: false, output: `dependency-cruiser gave no result:\n${stdout.slice(0, 2000)}${stderr}` };
  }
}

function describe({ rule, from, to }: IViolation): string {
  const why = BOUNDARY_RULES.find(({ name }) => name === rule.name)?.comment ?? "";
  return `${rule.name}: ${from} → ${to}\n  ${why}`;
}
