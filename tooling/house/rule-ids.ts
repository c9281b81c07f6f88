import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "./finding.ts";

export const RULE_ID_RULES = ["rule-id-twice"] as const;

/** A row of a README's table of rules. */
const ROW = /^\| ?`?(?<id>[A-Z]{2,4}-\d+)`?\s/;

/** A rule is named in tests, comments and constraints by its id alone, so an id is one rule's in the whole house. */
export async function sharedRuleIds(root: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const first = new Map<string, string>();
  const exclude = (path: string) => /(^|\/)(node_modules|dist|planted)$/.test(path);
  const paths: string[] = [];
  for await (const path of glob("{hub,apps,packages,demo}/**/README.md", { cwd: root, exclude })) paths.push(path);
  for (const path of paths.sort()) {
    for (const [index, text] of readFileSync(join(root, path), "utf8").split("\n").entries()) {
      const id = ROW.exec(text)?.groups?.["id"];
      if (id === undefined) continue;
      const before = first.get(id);
      if (before === undefined) first.set(id, `${path}:${index + 1}`);
      else findings.push({ rule: "rule-id-twice", path, line: index + 1, detail: `${id} is a rule already: ${before}` });
    }
  }
  return findings;
}
