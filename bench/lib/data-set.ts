import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
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

/** Builds a data set once; later benches copy its files. */
export function buildDataSet(set: DataSet): string {
  const kept = join(KEPT, nameOf(set));
  if (existsSync(kept)) return kept;
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
  renameSync(building, kept);
  return kept;
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

/** A data set for one bench to change; `isCopy`: in a folder of its own, to be removed afterwards. */
export function openDataSet(set: DataSet): { readonly home: string; readonly isCopy: boolean } {
  if ((set.touchpoints ?? 0) >= NOT_COPIED) return { home: buildDataSet(set), isCopy: false };
  const home = mkdtempSync(join(tmpdir(), "weft-bench-"));
  copyInto(home, set);
  return { home, isCopy: true };
}
