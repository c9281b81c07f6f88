import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { PLANTED, comparePlanted, plantedViolations } from "./boundaries.ts";
import { type Check, ROOT } from "./run-tool.ts";
import { type Source, lineOf, readSources, walk } from "./source.ts";

type Finding = {
  rule: "any" | "as" | "non-null" | "disabled-lint" | "view-writes" | "view-commands";
  path: string;
  line: number;
  detail: string;
};

const PRODUCT = [
  "hub/src/**/*.ts",
  "packages/*/src/**/*.{ts,tsx}",
  "apps/*/src/**/*.{ts,tsx}",
  "demo/src/**/*.ts",
  "scripts/**/*.ts",
  "tooling/*.ts",
];

/** What no ready-made tool knows: an escape from the type checker gives its reason, and a view writes nothing. */
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
    const planted = [...(await plantedViolations("unreasoned")), ...(await plantedViolations("writes"))];
    return comparePlanted(planted, [...reported], ["any", "as", "non-null", "disabled-lint", "view-writes", "view-commands"]);
  },
};

async function findAll(root: string, sources: readonly Source[]): Promise<Finding[]> {
  const views = sources.filter(({ path }) => path.startsWith("hub/src/views/") && !isTest(path));
  const commands = views.length > 0 ? await commandNames(root) : new Map<string, Set<string>>();
  return [...sources.filter(({ path }) => !isTest(path)).flatMap(unreasonedEscapes), ...views.flatMap((view) => writesOf(view, commands))];
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path);

/** `any`, `as` and `!` silence the type checker, a lint exception silences the linter: each says why, on its line or the one above. */
function unreasonedEscapes(source: Source): Finding[] {
  const findings: Finding[] = [];
  const commented = commentedLines(source);
  walk(source.tree, (node) => {
    const rule = escapeKind(node);
    if (rule && !reasonLines(source, node).some((line) => commented.has(line))) {
      const detail = `\`${node.getText(source.tree).slice(0, 60)}\` needs its reason in a comment on its line`;
      findings.push({ rule, path: source.path, line: lineOf(source, node), detail });
    }
  });
  source.text.split("\n").forEach((text, index) => {
    if (!/(\/\/|\/\*|\{\/\*)\s*(oxlint-disable|eslint-disable|@ts-(ignore|expect-error|nocheck))/.test(text) || / -- \S/.test(text)) return;
    findings.push({ rule: "disabled-lint", path: source.path, line: index + 1, detail: "say why after ` -- `" });
  });
  return findings;
}

function escapeKind(node: ts.Node): "any" | "as" | "non-null" | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "any";
  if (ts.isNonNullExpression(node)) return "non-null";
  return ts.isAsExpression(node) && node.type.getText() !== "const" ? "as" : undefined;
}

/** Where the reason may stand: from the line above the statement's first to the node's last, in a long statement near the node only. */
function reasonLines(source: Source, node: ts.Node): number[] {
  const statement = ts.findAncestor(node, (ancestor) => ts.isStatement(ancestor) || ts.isClassElement(ancestor)) ?? node;
  const first = lineOf(source, node);
  const last = source.tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
  return [lineOf(source, statement) - 1, lineOf(source, statement), first - 1, first, last];
}

/** The lines that carry a comment, found by the scanner, so that `//` inside a text does not count. */
function commentedLines({ tree, text }: Source): Set<number> {
  const lines = new Set<number>();
  const seen = new Set<number>();
  const add = ({ pos, end }: ts.CommentRange) => {
    const from = tree.getLineAndCharacterOfPosition(pos).line;
    const to = tree.getLineAndCharacterOfPosition(end).line;
    for (let line = from; line <= to; line++) lines.add(line + 1);
  };
  const visit = (node: ts.Node) => {
    for (const position of [node.getFullStart(), node.getEnd()]) {
      if (seen.has(position)) continue;
      seen.add(position);
      for (const range of [...(ts.getLeadingCommentRanges(text, position) ?? []), ...(ts.getTrailingCommentRanges(text, position) ?? [])])
        add(range);
    }
    for (const child of node.getChildren(tree)) visit(child);
  };
  visit(tree);
  return lines;
}

const WRITING_CALLS = new Set(["insertInto", "updateTable", "deleteFrom", "mergeInto", "replaceInto", "publish"]);
const WRITING_SQL = /\b(insert\s+into|delete\s+from|merge\s+into|truncate)\b|\bupdate\s+[\w."]+\s+(as\s+\w+\s+)?set\b/i;

/** A view answers; it changes nothing, neither by SQL nor by a module's command. */
function writesOf(source: Source, commands: ReadonlyMap<string, ReadonlySet<string>>): Finding[] {
  const findings: Finding[] = [];
  const add = (rule: Finding["rule"], node: ts.Node, detail: string) =>
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
async function commandNames(root: string): Promise<Map<string, Set<string>>> {
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
