import type { OutboxRow, OutboxRows, Sent } from "./rows.ts";

/** A row as it lies at the bridge: its number here, and the command. */
export type CopiedRow = { readonly position: number; readonly row: Sent };

/** Where the second copy is kept: the bridge of the store. */
export type CopyKeeper = {
  /** Resolves once the rows are on its disk; says at which number it has another row, which it keeps. */
  readonly keep: (rows: readonly CopiedRow[]) => Promise<{ readonly otherAt?: number }>;
  /** What it has above a number, in order, some at a time; nothing: no more. */
  readonly after: (position: number) => Promise<readonly CopiedRow[]>;
};

/** How far the second copy has come. `alone`: how many acts neither the hub nor the bridge has. */
export type CopyState = { readonly alone: number; readonly trouble: "none" | "unreachable" };

const MOST_AT_ONCE = 200;

/**
 * Hands every act that the hub has not answered to the store's bridge [OUT-9], in the background: a sale waits for this device's disk and for
 * nothing else. What the hub has answered needs no second copy. An act that was numbered anew is kept under both numbers, with one id.
 */
export function createSecondCopy(
  rows: Pick<OutboxRows, "unanswered">,
  keeper: () => CopyKeeper | null,
  onState: (state: CopyState) => void,
) {
  const kept = new Set<string>();
  let running: Promise<void> | null = null;
  let isAsked = false;

  async function copyOnce(keeper: CopyKeeper): Promise<void> {
    const waiting = await rows.unanswered();
    let fresh = waiting.filter((row) => !kept.has(keyOf(row)));
    try {
      while (fresh.length > 0) {
        const some = fresh.slice(0, MOST_AT_ONCE);
        const { otherAt } = await keeper.keep(some.map(({ seq, command }) => ({ position: seq, row: command })));
        // Another device of this register was there before: what lies there stays, and the rest is kept.
        for (const row of otherAt === undefined ? some : some.filter(({ seq }) => seq === otherAt)) kept.add(keyOf(row));
        fresh = fresh.filter((row) => !kept.has(keyOf(row)));
      }
      onState({ alone: 0, trouble: "none" });
    } catch {
      onState({ alone: fresh.length, trouble: "unreachable" });
    }
  }

  return {
    /** Copies what is new. While it copies, one more asking is remembered. */
    async sync(): Promise<void> {
      isAsked = true;
      running ??= (async () => {
        while (isAsked) {
          isAsked = false;
          const to = keeper();
          if (to) await copyOnce(to);
        }
      })().finally(() => {
        running = null;
      });
      await running;
    },
  };
}

const keyOf = ({ seq, id }: Pick<OutboxRow, "seq" | "id">): string => `${seq} ${id}`;

/** What came back to a register whose storage was cleared. `missing`: numbers between that nobody has. */
type Recovered = { readonly commands: readonly Sent[]; readonly missing: number };

/**
 * What the second copy has of a register above the last number of the hub [OUT-10], once each, in order. Nothing of it is changed but its place in
 * the row, where numbers between are lost: ids, times, and receipts stay as they were, so that nothing is done or numbered twice.
 */
export async function recover(keeper: Pick<CopyKeeper, "after">, hubHas: number): Promise<Recovered> {
  const found: CopiedRow[] = [];
  for (let last = hubHas; ; last = found.at(-1)?.position ?? last) {
    const some = await keeper.after(last);
    if (some.length === 0) break;
    found.push(...some);
  }
  const ids = new Set<unknown>();
  const commands = found.flatMap(({ row }) => {
    if (ids.has(row["id"])) return [];
    ids.add(row["id"]);
    return [row];
  });
  const span = (found.at(-1)?.position ?? hubHas) - hubHas;
  return { commands: commands.map((row, index) => ({ ...row, seq: hubHas + 1 + index })), missing: Math.max(0, span - found.length) };
}
