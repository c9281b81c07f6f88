import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const KEPT = join(ROOT, ".cache/bench");

/**
 * A retailer of a stated size. The name says it: `p1000-c1000`, `-s500` with as many stores (5 when nothing is said), `-t8000000` with what
 * customers did in the past, `-o1000000` with what was sold in the past.
 */
export type DataSet = {
  readonly products: number;
  readonly customers: number;
  readonly stores?: number;
  readonly touchpoints?: number;
  readonly orders?: number;
};

export const nameOf = ({ products, customers, stores, touchpoints, orders }: DataSet): string =>
  [`p${products}-c${customers}`, stores && `-s${stores}`, touchpoints && `-t${touchpoints}`, orders && `-o${orders}`]
    .filter(Boolean)
    .join("");

/** Builds a data set once; later benches copy its files. One that the hub would refuse to open is built again. */
export function buildDataSet(set: DataSet): string {
  const kept = join(KEPT, nameOf(set));
  if (existsSync(kept)) {
    const changed = changedSince(kept);
    if (changed === undefined) return kept;
    console.error(`The data set ${nameOf(set)} was built before ${changed} changed`);
    rmSync(kept, { recursive: true });
  }
  const building = `${kept}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  const { products, customers, stores, touchpoints, orders } = set;
  const bare = { products, customers, ...(stores !== undefined && { stores }) };
  const isBuilt =
    touchpoints === undefined && orders === undefined
      ? fill(building, "bench-data.ts", [`products=${products}`, `customers=${customers}`, `places=${stores ?? 5}`])
      : copyInto(building, bare) &&
        (touchpoints === undefined || fill(building, "bench-touchpoints.ts", [`count=${touchpoints}`])) &&
        (orders === undefined || fill(building, "bench-orders.ts", [`count=${orders}`]));
  if (!isBuilt) throw new Error(`the data set ${nameOf(set)} could not be built`);
  noteMigrations(building);
  renameSync(building, kept);
  return kept;
}

/** Which migrations a set was built by: the hub adds later ones at its start, and refuses a set whose own have changed [MIG-3]. */
const MIGRATIONS = "migrations.json";

const noteMigrations = (home: string): void => writeFileSync(join(home, MIGRATIONS), JSON.stringify(migrationHashes()));

/** The first migration of a set that is not any more what it was; undefined when all are. */
function changedSince(kept: string): string | undefined {
  const file = join(kept, MIGRATIONS);
  if (!existsSync(file)) return "its migrations were noted, and since";
  const now = migrationHashes();
  const then: Record<string, string> = JSON.parse(readFileSync(file, "utf8")); // as `buildDataSet` wrote it
  return Object.keys(then).find((name) => now[name] !== then[name]);
}

function migrationHashes(): Record<string, string> {
  const hub = join(ROOT, "hub/src");
  const files = readdirSync(hub, { recursive: true, encoding: "utf8" }).filter((name) => /migrations\/.*\d{4}_\w+\.sql$/.test(name));
  return Object.fromEntries(
    files.sort().map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(hub, name)))
        .digest("hex"),
    ]),
  );
}

function fill(home: string, command: string, sizes: readonly string[]): boolean {
  console.error(`Building the data set ${sizes.join(" ")} (once)`);
  const run = spawnSync(process.execPath, [`hub/src/cli/${command}`, ...sizes], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], WEFT_HOME: home },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return run.status === 0;
}

function copyInto(home: string, set: DataSet): boolean {
  cpSync(buildDataSet(set), home, { recursive: true, mode: 0 });
  chmodSync(join(home, "postgres/data"), 0o700); // a copied folder is open to others, which the server refuses
  return true;
}

/** From here on a set is used as it is: 50,000,000 touchpoints take some 35 GB, and a copy as much again. What a bench adds is little beside it. */
const NOT_COPIED = 5_000_000;

/**
 * Reads every file of a set once, so that what fits is in the system's cache, as it is of a set that was just copied and of a shop that has
 * been open for a day. A set just unpacked asks the disk for each page: identify took 62 ms instead of 13.
 */
function readThrough(home: string): void {
  const chunk = Buffer.allocUnsafe(1024 * 1024);
  const base = join(home, "postgres/data/base");
  for (const name of readdirSync(base, { recursive: true, encoding: "utf8" })) {
    const path = join(base, name);
    if (!statSync(path).isFile()) continue;
    const file = openSync(path, "r");
    while (readSync(file, chunk) > 0);
    closeSync(file);
  }
}

/** A data set for one bench to change; `isCopy`: in a folder of its own, to be removed afterwards. */
export function openDataSet(set: DataSet): { readonly home: string; readonly isCopy: boolean } {
  if ((set.touchpoints ?? 0) >= NOT_COPIED) {
    const home = buildDataSet(set);
    noteMigrations(home); // the hub that starts on it adds those that are new
    readThrough(home);
    return { home, isCopy: false };
  }
  const home = mkdtempSync(join(tmpdir(), "weft-bench-"));
  copyInto(home, set);
  return { home, isCopy: true };
}
