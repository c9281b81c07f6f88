import type { TaskAction, TaskKind, TaskTeam } from "@weft/contracts";

/** How tasks of a kind are handled in the whole chain. */
export type KindSetting = {
  readonly kind: TaskKind;
  readonly handling: "ask" | "do";
  /** How long after a task opens the hub acts: until then it can be stopped [TSK-8]. */
  readonly waitMinutes: number;
  /** How long after it was due a task passes to `escalateTo` [TSK-6]; null: never. */
  readonly escalateMinutes: number | null;
  readonly escalateTo: TaskTeam;
  /** Of differences of cash: from so many minor units on they are a task. */
  readonly fromAmount: number | null;
};

/** What the hub can do by itself. All other kinds ask for a judgment that no rule can make. */
export const ACTION_OF: Readonly<Partial<Record<TaskKind, TaskAction>>> = {
  stock_conflict: "move_orders",
  collection_overdue: "end_collection",
};

const DAY_MINUTES = 24 * 60;
const WAIT_MINUTES: Readonly<Record<TaskAction, number>> = { move_orders: 30, end_collection: DAY_MINUTES };
/** Five units of most currencies: below, counting drawers would make more work than it finds. */
const FROM_AMOUNT = 500;

/** A kind that nobody has said anything of: people are asked, and a task stays with its team. */
export function defaultSetting(kind: TaskKind): KindSetting {
  const action = ACTION_OF[kind];
  return {
    kind,
    handling: "ask",
    waitMinutes: action ? WAIT_MINUTES[action] : DAY_MINUTES,
    escalateMinutes: null,
    escalateTo: "operations",
    fromAmount: kind === "cash_difference" ? FROM_AMOUNT : null,
  };
}

export type SettingProblem = "no_action" | "amount_for_cash_only";

/** Why a kind cannot be handled so; undefined when it can. */
export function judgeSetting({ kind, handling, fromAmount }: KindSetting): SettingProblem | undefined {
  if (handling === "do" && !ACTION_OF[kind]) return "no_action";
  return (fromAmount !== null) === (kind === "cash_difference") ? undefined : "amount_for_cash_only";
}
