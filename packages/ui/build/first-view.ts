import { dirname, join } from "node:path";
import { parseSync } from "vite";
import { keyUses, meansKey } from "./message-uses.ts";

/** Where a file that is imported by the name of the shared package lies, from the root. */
const SHARED = { name: "@weft/ui/", folder: "packages/ui/src/" };
const SOURCE = /\.tsx?$/;

/** Reads a source by its path from the root. */
export type ReadSource = (path: string) => string;

/** What a source imports, as paths from the root: with the file itself, or later by a call. Types and packages are no part of it. */
type Imports = { readonly now: readonly string[]; readonly later: readonly (LaterImport & { readonly path: string })[] };
type LaterImport = { readonly start: number; readonly end: number };

/** Whether a source is a screen of its own: what imports it later shows it when somebody goes there. */
export function isScreen(path: string): boolean {
  return /(?:^|[/-])screen\.tsx$/.test(path);
}

/**
 * The sources that the first view stands on [MSG-2]: all that its entry and its first screen import, also later by themselves, but of
 * screens only the first one. The size check counts the same.
 */
export function sourcesOfFirstView(entries: readonly string[], read: ReadSource): Set<string> {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const { now, later } = importsOf(path, read(path));
    waiting.push(...now, ...later.map((part) => part.path).filter((part) => !isScreen(part)));
  }
  return reached;
}

/** Whether a source of the first view says a key, also where it puts one together of parts [MSG-2]. */
export function saidInFirstView(sources: ReadonlySet<string>, read: ReadSource): (key: string) => boolean {
  const uses = [...sources].flatMap((path) => keyUses(path, read(path)));
  return (key) => uses.some((use) => meansKey(use, key));
}

/** The calls of a source that import a part which the first view has no words for, in the order in which they stand. */
export function importsWithWords(path: string, source: string, first: ReadonlySet<string>): LaterImport[] {
  return importsOf(path, source).later.filter((part) => !first.has(part.path));
}

function importsOf(path: string, source: string): Imports {
  const { staticImports, staticExports, dynamicImports } = parseSync(path, source).module;
  const fromHere = (name: string): string[] => {
    const found = name.startsWith(".")
      ? join(dirname(path), name)
      : name.startsWith(SHARED.name)
        ? SHARED.folder + name.slice(SHARED.name.length)
        : "";
    return SOURCE.test(found) ? [found] : [];
  };
  const imported = staticImports.filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType));
  const passedOn = staticExports.flatMap(({ entries }) => entries.filter(({ isType }) => !isType));
  return {
    now: [
      ...imported.flatMap(({ moduleRequest }) => fromHere(moduleRequest.value)),
      ...passedOn.flatMap(({ moduleRequest }) => (moduleRequest ? fromHere(moduleRequest.value) : [])),
    ],
    later: dynamicImports.flatMap(({ start, end, moduleRequest }) =>
      // Without its quotes; what is no text is no file of ours.
      fromHere(source.slice(moduleRequest.start + 1, moduleRequest.end - 1)).map((part) => ({ start, end, path: part })),
    ),
  };
}
