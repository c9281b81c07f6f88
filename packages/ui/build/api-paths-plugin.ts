import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PluginOption } from "vite";

/** One operation in the table of the contract: `  "carts.read": "GET /v1/carts/{id}",`. */
const ENTRY = /^ {2}"(?<operation>[\w.]+)": "[^"]+",\n/gm;
/** A call of the API whose operation is not written out: nobody could tell then what an app uses. */
const UNNAMED = /\bapi\.(?:ask|call)\((?!\s*")/;

/** The table of operations with those only that are written out in one of the sources. Throws where a source calls one that is not. */
export function pathsUsed(table: string, sources: readonly string[]): string {
  for (const source of sources) {
    const unnamed = UNNAMED.exec(source);
    if (unnamed) throw new Error(`an operation is to be named where it is called: ${source.slice(unnamed.index, unnamed.index + 60)}`);
  }
  const all = sources.join("\n");
  return table.replaceAll(ENTRY, (line, operation: string) => (all.includes(`"${operation}"`) ? line : ""));
}

/** Gives an app the addresses of the operations that it calls, and not those of the whole API: a visitor's phone loads no office. */
export function apiPathsPlugin(root: string, app: string): PluginOption {
  return {
    name: "weft-api-paths",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("packages/contracts/src/paths.ts")) return null;
      const files = [`apps/${app}/src`, "packages/ui/src"].flatMap((folder) => globSync(join(root, folder, "**/*.{ts,tsx}")));
      return {
        code: pathsUsed(
          code,
          files.map((file) => readFileSync(file, "utf8")),
        ),
        map: null,
      };
    },
  };
}
