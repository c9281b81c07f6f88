import { builtinModules } from "node:module";
import { join } from "node:path";
import { rolldown } from "rolldown";
import ts from "typescript";
import { PLANTED, comparePlanted, plantedViolations } from "./boundaries.ts";
import { type Check, ROOT } from "./run-tool.ts";
import { type Source, lineOf, readSources, walk } from "./source.ts";

const DOMAIN_FILES = ["hub/src/modules/*/domain.ts", "hub/src/modules/*/domain/**/*.ts", "hub/src/modules/till/fiscal/**/*.ts"];
const BUILTINS = new Set(builtinModules);

/** A finding, with the rule in front so that planted ones can be compared. */
type Finding = { rule: "node" | "clock" | "random" | "environment" | "waiting"; path: string; detail: string };

/** Pure rules run in browsers too, on a till without network: no Node, no clock, no random, no environment. */
export const domains: Check = {
  name: "domains run in a browser",
  async run() {
    const sources = await domainSources(ROOT);
    const findings = [...(await nodeImports(ROOT, sources)), ...sources.flatMap(impurities)];
    if (findings.length > 0) return { ok: false, output: findings.map(({ path, detail }) => `${path}: ${detail}`).join("\n") };
    return { ok: true, note: `${sources.length} files` };
  },
};

/** Whether that check is awake. */
export const domainsAwake: Check = {
  name: "domains, planted violations",
  async run() {
    const sources = await domainSources(PLANTED);
    const findings = [...(await nodeImports(PLANTED, sources)), ...sources.flatMap(impurities)];
    const reported = new Set(findings.map(({ rule, path }) => `${rule} ${path}`));
    return comparePlanted(await plantedViolations("impure"), [...reported], ["node", "clock", "random", "environment", "waiting"]);
  },
};

async function domainSources(root: string): Promise<Source[]> {
  return (await readSources(root, DOMAIN_FILES)).filter(({ path }) => !path.endsWith(".test.ts"));
}

/** Bundles every domain file as a browser would need it, and reports what of Node is reachable from it. */
async function nodeImports(root: string, sources: readonly Source[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (sources.length === 0) return findings;
  const bundle = await rolldown({
    input: sources.map(({ path }) => join(root, path)),
    platform: "browser",
    logLevel: "silent",
    plugins: [
      {
        name: "no-node-in-a-domain",
        resolveId(id, importer) {
          if (!id.startsWith("node:") && !BUILTINS.has(id)) return null;
          findings.push({
            rule: "node",
            path: (importer ?? "").replace(join(root, "/"), ""),
            detail: `imports ${id}, which no browser has`,
          });
          return { id, external: true };
        },
      },
    ],
  });
  await bundle.generate({ format: "esm" });
  await bundle.close();
  return findings;
}

/** Uses of what makes a rule answer differently twice. A date made from an argument is fine: `new Date(text)`. */
function impurities(source: Source): Finding[] {
  const findings: Finding[] = [];
  walk(source.tree, (node) => {
    const rule = impurity(node);
    if (rule)
      findings.push({ rule, path: source.path, detail: `line ${lineOf(source, node)}: \`${node.getText(source.tree)}\` (${rule})` });
  });
  return findings;
}

const MEMBERS: Record<string, Finding["rule"]> = {
  "Date.now": "clock",
  "performance.now": "clock",
  "Temporal.Now": "clock",
  "Math.random": "random",
  "crypto.randomUUID": "random",
  "crypto.getRandomValues": "random",
};
const CALLS: Record<string, Finding["rule"]> = {
  Date: "clock",
  newId: "random",
  setTimeout: "waiting",
  setInterval: "waiting",
  fetch: "waiting",
};

function impurity(node: ts.Node): Finding["rule"] | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === "Date" && (node.arguments ?? []).length === 0) return "clock";
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return CALLS[node.expression.text];
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  if (ts.isIdentifier(node.expression) && node.expression.text === "process") return "environment";
  return MEMBERS[`${node.expression.getText()}.${node.name.text}`];
}
