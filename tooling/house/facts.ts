import ts from "typescript";
import { type Source, lineOf, walk } from "../source.ts";
import type { Finding } from "./finding.ts";

export const FACT_RULES = ["personal-fact"] as const;

/** Fields that hold a person's name or what a person is found by. Ids are fine: `recordId`, `contactPointId`. */
const PERSONAL =
  /^(((given|family|first|last|full|display|customer|staff)_?)?name|(email|phone|street)_?(address|number)?|address|birth_?(date|day)?|(card|account)_?number|iban|external_?id|identifier(_?value)?)$/i;

/** Facts live in the log, in webhooks and in other systems, where no erasure reaches: they carry ids, never a person's own values. */
export function personalFields(source: Source): Finding[] {
  const findings: Finding[] = [];
  walk(source.tree, (node) => {
    if (!ts.isPropertyAssignment(node) && !ts.isShorthandPropertyAssignment(node)) return;
    const name = ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : "";
    if (!PERSONAL.test(name)) return;
    findings.push({
      rule: "personal-fact",
      path: source.path,
      line: lineOf(source, node),
      detail: `a fact carries ids, but has the field ${name}`,
    });
  });
  return findings;
}
