import { PLANTED, comparePlanted, plantedViolations } from "./boundaries.ts";
import { FACT_RULES, personalFields } from "./house/facts.ts";
import type { Finding } from "./house/finding.ts";
import { REASON_RULES, unreasonedEscapes } from "./house/reasons.ts";
import { RULE_ID_RULES, sharedRuleIds } from "./house/rule-ids.ts";
import { VIEW_RULES, commandNames, writesOf } from "./house/views.ts";
import { type Check, ROOT } from "./run-tool.ts";
import { type Source, readSources } from "./source.ts";

const PRODUCT = [
  "hub/src/**/*.ts",
  "packages/*/src/**/*.{ts,tsx}",
  "apps/*/src/**/*.{ts,tsx}",
  "demo/src/**/*.ts",
  "scripts/**/*.ts",
  "tooling/**/*.ts",
];

/**
 * What no ready-made tool knows: an escape from the type checker gives its reason, a view writes nothing, a fact holds nothing personal, an id
 * is one rule's.
 */
export const houseRules: Check = {
  name: "house rules",
  async run() {
    const sources = await readSources(ROOT, PRODUCT);
    const findings = await findAll(ROOT, sources);
    if (findings.length > 0) return { ok: false, output: findings.map(({ path, line, detail }) => `${path}:${line} ${detail}`).join("\n") };
    return { ok: true, note: `${sources.length} files` };
  },
};

/** Whether those rules are awake. */
export const houseRulesAwake: Check = {
  name: "house rules, planted violations",
  async run() {
    const findings = await findAll(PLANTED, await readSources(PLANTED, PRODUCT));
    const reported = new Set(findings.map(({ rule, path }) => `${rule} ${path}`));
    return comparePlanted(
      await plantedViolations("careless"),
      [...reported],
      [...REASON_RULES, ...VIEW_RULES, ...FACT_RULES, ...RULE_ID_RULES],
    );
  },
};

async function findAll(root: string, sources: readonly Source[]): Promise<Finding[]> {
  const product = sources.filter(({ path }) => !/\.test\.tsx?$/.test(path));
  const views = product.filter(({ path }) => path.startsWith("hub/src/views/"));
  const facts = product.filter(({ path }) => /^hub\/src\/modules\/[^/]+\/events\.ts$/.test(path));
  const commands = await commandNames(root);
  return [
    ...product.flatMap(unreasonedEscapes),
    ...views.flatMap((view) => writesOf(view, commands)),
    ...facts.flatMap(personalFields),
    ...(await sharedRuleIds(root)),
  ];
}
