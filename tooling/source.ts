import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";

/** A source file, parsed, with its path from the folder it was looked for in. */
export type Source = { readonly path: string; readonly text: string; readonly tree: ts.SourceFile };

/** Reads and parses the TypeScript files that match, without generated and planted ones (unless `root` is the planted tree). */
export async function readSources(root: string, patterns: readonly string[]): Promise<Source[]> {
  const sources: Source[] = [];
  const exclude = (path: string) => /(^|\/)(node_modules|dist|planted)$/.test(path);
  for await (const path of glob([...patterns], { cwd: root, exclude })) {
    if (path.endsWith(".gen.ts") || path.endsWith(".d.ts")) continue;
    const text = readFileSync(join(root, path), "utf8");
    const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    sources.push({ path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind) });
  }
  return sources.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Visits every node, the parent before its children. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line (from 1) on which a node begins, comments before it left aside. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}
