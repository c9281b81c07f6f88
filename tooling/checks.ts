import { boundaries, boundariesAwake } from "./boundaries.ts";
import { domains, domainsAwake } from "./domains.ts";
import { houseRules, houseRulesAwake } from "./house-rules.ts";
import { type Check, toolCheck } from "./run-tool.ts";

/** Everything that must hold before code is merged, the quick ones first. */
export const CHECKS: readonly Check[] = [
  toolCheck("format", ["oxfmt", "--check"]),
  toolCheck("lint", ["oxlint"]),
  toolCheck("types of hub and tools", ["tsc", "-p", "tsconfig.json", "--singleThreaded"]),
  toolCheck("types of the apps", ["tsc", "-p", "tsconfig.apps.json", "--singleThreaded"]),
  boundaries,
  boundariesAwake,
  domains,
  domainsAwake,
  houseRules,
  houseRulesAwake,
  toolCheck("texts in every language", ["node", "scripts/check-messages.ts"]),
  toolCheck("size of what a phone loads", ["node", "scripts/check-bundle-size.ts"]),
  toolCheck("unused code", ["knip", "--no-progress"]),
];
