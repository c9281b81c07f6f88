/** What asks for a person, by what it is about. */
export const TASK_KINDS = [
  "stock_conflict",
  "collection_overdue",
  "parcel_late",
  "goods_late",
  "order_delayed",
  "goods_asked",
  "transfer_late",
  "recall_standing",
  "cash_difference",
  "returned_twice",
  "act_uncovered",
  "journal_defect",
  "device_trouble",
  "refund_unknown",
  "payment_open",
  "payment_disputed",
  "card_overspent",
  "points_suspected",
  "shown_wrong",
  "quarantine",
  "dead_letter",
  "terms_contested",
  "access_objected",
  "privacy_request",
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export const TASK_TEAMS = ["store", "service", "operations", "privacy"] as const;
export type TaskTeam = (typeof TASK_TEAMS)[number];

/** What the hub can do by itself about a kind of task. */
export const TASK_ACTIONS = ["move_orders", "end_collection"] as const;
export type TaskAction = (typeof TASK_ACTIONS)[number];
