import type { TodayNowView, TodayTillsView, TodayWorkView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import type { TaskCount } from "../../modules/tasks/index.ts";

/** What is read at a glance; the rest is on the page below. */
const MOST_LINES = 5;
/** A queue that pushes the next promise by less is what stores do all day. */
const BUSY_MINUTES = 15;

type Line = TodayNowView["lines"][number];

/** Work of a place that nobody has done yet, in seconds for all its hands. */
export type Queue = { readonly placeId: PlaceId; readonly placeName: string; readonly seconds: number };

/** What a caller may see of the day; null where their role sees none of it. */
export type DayParts = {
  readonly work: TodayWorkView | null;
  readonly tasks: readonly TaskCount[] | null;
  readonly tills: TodayTillsView | null;
  readonly goods: { readonly arriving: number; readonly lowCount: number } | null;
  readonly queues: readonly Queue[];
};

/**
 * What must be done now, in five lines at most [TDY-7]: first what is late already, a promise before everything else; then what has a time, the next
 * first; then what only waits. `more` is how many lines are left out.
 */
export function nowLines(parts: DayParts): Pick<TodayNowView, "lines" | "more"> {
  const lines = [
    ...workLines(parts.work),
    ...taskLines(parts.tasks),
    ...tillLines(parts.tills),
    ...queueLines(parts.queues),
    ...goodsLines(parts.goods),
  ];
  const ranked = lines.toSorted((a, b) => Number(b.isLate) - Number(a.isLate) || (a.isLate ? 0 : whenOf(a) - whenOf(b)));
  return { lines: ranked.slice(0, MOST_LINES), more: Math.max(0, ranked.length - MOST_LINES) };
}

const whenOf = ({ dueAt }: Line): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));

const NOTHING = { isLate: false, dueAt: null, timeZone: null, orderId: null, placeId: null, placeName: null, minutes: null } as const;

/** A line is there when there is something to say. */
const lineOf = (what: Line["what"], count: number, more: Partial<Line> = {}): Line[] =>
  count > 0 ? [{ ...NOTHING, what, count, ...more }] : [];

function workLines(work: TodayWorkView | null): Line[] {
  if (!work) return [];
  const missing = work.risks.filter(({ because }) => because === "missing_goods");
  const begun = work.collections.filter(({ state }) => state === "to_prepare");
  const next = begun.find(({ dueAt }) => dueAt > work.at);
  const { toPrepare, late } = work.counts;
  const { parcels } = work;
  return [
    ...lineOf("missing_goods", missing.length, { isLate: true, orderId: missing[0]?.orderId ?? null }),
    ...lineOf("late", late, { isLate: true, orderId: begun[0]?.orderId ?? null }),
    ...lineOf("parcels_late", parcels.late, { isLate: true }),
    ...lineOf("prepare", toPrepare - late, {
      dueAt: next?.dueAt ?? null,
      timeZone: next?.timeZone ?? null,
      orderId: next?.orderId ?? null,
    }),
    ...lineOf("parcels", parcels.toSend - parcels.late, { dueAt: parcels.late > 0 ? null : parcels.nextShipBy }),
  ];
}

function taskLines(tasks: readonly TaskCount[] | null): Line[] {
  const all = tasks ?? [];
  const late = all.reduce((sum, task) => sum + task.late, 0);
  const waiting = all.reduce((sum, task) => sum + task.waiting, 0) - late;
  const due = all.filter((task) => task.late === 0).map(({ nextDueAt }) => nextDueAt.toISOString());
  const next = due.toSorted()[0] ?? null;
  return [...lineOf("tasks_late", late, { isLate: true }), ...lineOf("tasks", waiting, { dueAt: next })];
}

function tillLines(tills: TodayTillsView | null): Line[] {
  if (!tills) return [];
  const [first] = tills.registers;
  const leftOpen = tills.registers.filter(({ isLeftOpen }) => isLeftOpen).length;
  const where = leftOpen + tills.counts.silent === 1 && first ? { placeId: first.placeId, placeName: first.placeName } : {};
  return [
    ...lineOf("tills_left_open", leftOpen, { isLate: true, ...where }),
    ...lineOf("tills_silent", Math.max(0, tills.counts.silent - leftOpen), { isLate: true, ...where }),
    ...lineOf("cash_differs", tills.counts.different),
  ];
}

function queueLines(queues: readonly Queue[]): Line[] {
  const busy = queues.filter(({ seconds }) => seconds >= BUSY_MINUTES * 60).toSorted((a, b) => b.seconds - a.seconds);
  const [worst] = busy;
  if (!worst) return [];
  const { placeId, placeName, seconds } = worst;
  return lineOf("queue", busy.length, { placeId, placeName, minutes: Math.round(seconds / 60) });
}

function goodsLines(goods: DayParts["goods"]): Line[] {
  return goods ? [...lineOf("arriving", goods.arriving), ...lineOf("low", goods.lowCount)] : [];
}
