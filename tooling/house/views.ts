import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { type Source, lineOf, readSources, walk } from "../source.ts";
import type { Finding } from "./finding.ts";

export const VIEW_RULES = ["view-writes", "view-commands"] as const;

const WRITING_CALLS = new Set(["insertInto", "updateTable", "deleteFrom", "mergeInto", "replaceInto", "publish"]);
const WRITING_SQL = /\b(insert\s+into|delete\s+from|merge\s+into|truncate)\b|\bupdate\s+[\w."]+\s+(as\s+\w+\s+)?set\b/i;

/** A view answers; it changes nothing, neither by SQL nor by a module's command. */
export function writesOf(source: Source, commands: ReadonlyMap<string, ReadonlySet<string>>): Finding[] {
  const findings: Finding[] = [];
  const add = (rule: (typeof VIEW_RULES)[number], node: ts.Node, detail: string) =>
    findings.push({ rule, path: source.path, line: lineOf(source, node), detail });
  walk(source.tree, (node) => {
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText(source.tree);
      if (WRITING_CALLS.has(name)) add("view-writes", node, `a view writes nothing, but calls ${name}`);
      if (node.expression.getText(source.tree) === "hub.write") add("view-writes", node, "a view answers through hub.read");
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      if (WRITING_SQL.test(node.getText(source.tree))) add("view-writes", node, "a view writes nothing, but holds SQL that does");
    }
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      for (const name of commandsTaken(source, node, commands)) add("view-commands", node, `a view calls no command, but imports ${name}`);
    }
  });
  return findings;
}

function commandsTaken(
  source: Source,
  node: ts.ImportDeclaration | ts.ExportDeclaration,
  commands: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const from = node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";
  const known = commands.get(join(dirname(source.path), from));
  const clause = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
  if (!known || !clause || !("elements" in clause)) return [];
  return clause.elements.map((element) => (element.propertyName ?? element.name).text).filter((name) => known.has(name));
}

/** For each module's `index.ts`, the names that it passes on from its commands. */
export async function commandNames(root: string): Promise<Map<string, Set<string>>> {
  const names = new Map<string, Set<string>>();
  for (const index of await readSources(root, ["hub/src/modules/*/index.ts"])) {
    const found = new Set<string>();
    for (const statement of index.tree.statements) {
      if (!ts.isExportDeclaration(statement) || statement.isTypeOnly || !statement.moduleSpecifier) continue;
      const from = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : "";
      if (!/^\.\/commands(\/|\.ts$)/.test(from)) continue;
      if (statement.exportClause && ts.isNamedExports(statement.exportClause)) {
        for (const { name, isTypeOnly } of statement.exportClause.elements) if (!isTypeOnly) found.add(name.text);
      } else for (const name of await exportedNames(root, join(dirname(index.path), from))) found.add(name);
    }
    names.set(index.path, found);
  }
  return names;
}

async function exportedNames(root: string, path: string): Promise<string[]> {
  if (!existsSync(join(root, path))) return [];
  const [source] = await readSources(root, [path]);
  return (source?.tree.statements ?? []).flatMap((statement) => {
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return exported && ts.isFunctionDeclaration(statement) && statement.name ? [statement.name.text] : [];
  });
}
