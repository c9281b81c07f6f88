import { mkdir, open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A row of a till's outbox, as it was handed over: kept and given back as it is. */
export type CopiedRow = { readonly position: number; readonly row: Readonly<Record<string, unknown>> };
type KeptRow = CopiedRow & { readonly keptAt: string };

export type KeepResult =
  | { readonly kind: "kept"; readonly lastPosition: number }
  | { readonly kind: "other_row"; readonly position: number };

/** The second copy of what tills have in their outboxes [DEV-8]. */
export type Copies = {
  /** Keeps rows of a register, on the disk before it answers. A row that is there already is kept once; another one in its place is refused, and none is kept. */
  readonly keep: (registerId: string, rows: readonly CopiedRow[]) => Promise<KeepResult>;
  /** What is kept of a register above a position, in order. */
  readonly after: (registerId: string, position: number, limit: number) => Promise<readonly CopiedRow[]>;
};

/** As long as a hub that was restored may ask for them. */
const KEPT_MS = 30 * 86_400_000;

/** One file per register, one line per row: rows are only ever added, so a cut leaves at most half a line at the end, which was not answered. */
export function openCopies(folder: string, now: () => Date): Copies {
  const registers = new Map<string, Promise<Map<number, KeptRow>>>();
  let last: Promise<unknown> = Promise.resolve();
  const fileOf = (registerId: string): string => join(folder, `${registerId}.jsonl`);
  const rowsOf = (registerId: string): Promise<Map<number, KeptRow>> => {
    const known = registers.get(registerId) ?? load(fileOf(registerId), new Date(now().getTime() - KEPT_MS).toISOString());
    registers.set(registerId, known);
    return known;
  };

  async function keep(registerId: string, rows: readonly CopiedRow[]): Promise<KeepResult> {
    const kept = await rowsOf(registerId);
    const other = rows.find(({ position, row }) => {
      const there = kept.get(position);
      return there && JSON.stringify(there.row) !== JSON.stringify(row);
    });
    if (other) return { kind: "other_row", position: other.position };
    const fresh = rows.filter(({ position }) => !kept.has(position)).map((row) => ({ ...row, keptAt: now().toISOString() }));
    if (fresh.length > 0) await append(fileOf(registerId), fresh);
    for (const row of fresh) kept.set(row.position, row);
    return { kind: "kept", lastPosition: Math.max(0, ...kept.keys()) };
  }

  return {
    keep(registerId, rows) {
      const done = last.then(() => keep(registerId, rows));
      last = done.catch(() => undefined);
      return done;
    },
    async after(registerId, position, limit) {
      const kept = [...(await rowsOf(registerId)).values()].filter((row) => row.position > position);
      return kept
        .sort((a, b) => a.position - b.position)
        .slice(0, limit)
        .map(({ position: at, row }) => ({ position: at, row }));
    },
  };
}

async function load(file: string, since: string): Promise<Map<number, KeptRow>> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const rows = text.split("\n").flatMap((line): KeptRow[] => (line.endsWith("}") ? [JSON.parse(line) as KeptRow] : [])); // written by append
  const young = rows.filter(({ keptAt }) => keptAt >= since);
  if (young.length < rows.length || (text !== "" && !text.endsWith("\n"))) await write(file, young, "w");
  return new Map(young.map((row) => [row.position, row]));
}

const append = (file: string, rows: readonly KeptRow[]): Promise<void> => write(file, rows, "a");

async function write(file: string, rows: readonly KeptRow[], flag: "a" | "w"): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, flag, 0o600);
  try {
    await handle.writeFile(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
}
