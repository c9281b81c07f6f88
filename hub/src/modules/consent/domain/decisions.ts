import type { ConsentPurpose, ConsentTopic, ContactKind, DecisionPurpose, UsePurpose } from "@weft/contracts";
import type { Id, RecordId } from "@weft/kernel";

export type ConsentEventId = Id<"consent event">;

/** What people are asked for, and about what: one cell per topic and kind of channel. What an order needs is asked of nobody. */
export const PURPOSES: Readonly<Record<ConsentPurpose, readonly ConsentTopic[]>> = {
  marketing: ["offers", "news", "reminders", "wishes"],
  research: ["surveys"],
};

/** The ways to a person, as the preference pages list them. */
export const KINDS: readonly ContactKind[] = ["email", "sms", "push", "phone", "post"];

/**
 * What becomes of somebody's data besides messages, and what allows it [CNS-11]: with `consent` nothing before a yes, with
 * `legitimate_interest` until they object.
 */
export const USES: Readonly<Record<UsePurpose, "consent" | "legitimate_interest">> = {
  joining: "legitimate_interest",
  profiling: "legitimate_interest",
  location: "consent",
  measurement: "consent",
};

/** What a decision covers; null stands for every topic, or every kind of channel, also those that come later. */
export type Coverage = {
  readonly purpose: DecisionPurpose;
  readonly topic: ConsentTopic | null;
  readonly channelKind: ContactKind | null;
};

/** One cell of the table of purposes, topics and kinds of channel. */
export type Cell = Coverage & { readonly purpose: ConsentPurpose; readonly topic: ConsentTopic; readonly channelKind: ContactKind };
/** A use of somebody's data: it has neither topic nor kind of channel. */
export type Use = { readonly purpose: UsePurpose; readonly topic: null; readonly channelKind: null };

/** A decision as it was written. Never changed afterwards. */
export type Decision = Coverage & {
  readonly id: ConsentEventId;
  readonly recordId: RecordId;
  readonly state: "pending" | "granted" | "withdrawn";
  readonly at: Date;
  /** The withdrawals on other records of the person that this yes answers: it knew of them [CNS-3]. */
  readonly answers: readonly ConsentEventId[];
};

/** The records of a person: `customer` those that are linked with each other now, `person` those on every link level [CNS-2]. */
export type RecordSets = { readonly customer: ReadonlySet<RecordId>; readonly person: ReadonlySet<RecordId> };

/** What holds for one cell, and the decision that says so. */
export type Standing<D extends Decision = Decision> = {
  readonly state: "none" | "pending" | "granted" | "withdrawn";
  readonly because: D | null;
  /** A withdrawal stands against a yes of another record, and nobody has said since which holds. */
  readonly isContested: boolean;
};

export const isUse = (purpose: DecisionPurpose): purpose is UsePurpose => purpose in USES;

export const asUse = (purpose: UsePurpose): Use => ({ purpose, topic: null, channelKind: null });

/** What a decision is about: the cells that it covers, or the one use of data. */
export function cellsOf({ purpose, topic, channelKind }: Coverage): (Cell | Use)[] {
  return isUse(purpose) ? [asUse(purpose)] : cellsUnder(purpose, topic, channelKind);
}

function cellsUnder(purpose: ConsentPurpose, topic: ConsentTopic | null, channelKind: ContactKind | null): Cell[] {
  const topics = topic === null ? PURPOSES[purpose] : [topic];
  const kinds = channelKind === null ? KINDS : [channelKind];
  return topics.flatMap((one) => kinds.map((kind) => ({ purpose, topic: one, channelKind: kind })));
}

/** Every cell that there is, in the order of the preference page. */
export function allCells(): Cell[] {
  return (Object.keys(PURPOSES) as ConsentPurpose[]) // its keys are the purposes
    .flatMap((purpose) => cellsUnder(purpose, null, null));
}

/** Every use of data, in the order of the customer's page. */
export function allUses(): Use[] {
  return (Object.keys(USES) as UsePurpose[]).map(asUse); // its keys are the uses
}

/** Whether a use is made, by what somebody said to it [CNS-11]. */
export function isUseAllowed(purpose: UsePurpose, state: Standing["state"]): boolean {
  return USES[purpose] === "consent" ? state === "granted" : state !== "withdrawn";
}

/** Whether a topic belongs to a purpose. */
export function isTopicOf({ purpose, topic }: Pick<Coverage, "purpose" | "topic">): boolean {
  return topic === null || (!isUse(purpose) && PURPOSES[purpose].includes(topic));
}

export function covers(decision: Coverage, cell: Cell | Use): boolean {
  return (
    decision.purpose === cell.purpose &&
    (decision.topic === null || decision.topic === cell.topic) &&
    (decision.channelKind === null || decision.channelKind === cell.channelKind)
  );
}

/**
 * What holds for a cell [CNS-1]: per record its last decision; then the strictest. A withdrawal on any record of the person holds until
 * somebody says yes knowing of it; a yes counts only where the records are linked; nothing said is no yes. It is computed anew each time,
 * so a merge makes a no of a no and a yes, and its undoing gives both back [CNS-3].
 * `decisions` are those of the person's records, in any order.
 */
export function standingOf<D extends Decision>(decisions: readonly D[], records: RecordSets, cell: Cell | Use): Standing<D> {
  const about = decisions.filter((one) => records.person.has(one.recordId) && covers(one, cell));
  const last = [...lastOfEach(about.filter(({ state }) => state !== "pending")).values()];
  const yes = newest(last.filter((one) => one.state === "granted" && records.customer.has(one.recordId)));
  const no = newest(openWithdrawals(about, last, records));
  if (no) return { state: "withdrawn", because: no, isContested: yes !== null };
  if (yes) return { state: "granted", because: yes, isContested: false };
  const waiting = newest(
    [...lastOfEach(about).values()].filter(({ state, recordId }) => state === "pending" && records.customer.has(recordId)),
  );
  return { state: waiting ? "pending" : "none", because: waiting, isContested: false };
}

/** The withdrawals that hold for a cell: what a yes that is said now answers. */
export function withdrawalsOf<D extends Decision>(decisions: readonly D[], records: RecordSets, cell: Cell | Use): D[] {
  const about = decisions.filter((one) => records.person.has(one.recordId) && covers(one, cell));
  return openWithdrawals(about, [...lastOfEach(about.filter(({ state }) => state !== "pending")).values()], records);
}

function openWithdrawals<D extends Decision>(about: readonly D[], last: readonly D[], records: RecordSets): D[] {
  const answered = new Set(
    about.filter((one) => one.state === "granted" && records.customer.has(one.recordId)).flatMap(({ answers }) => answers),
  );
  return last.filter((one) => one.state === "withdrawn" && !answered.has(one.id));
}

function lastOfEach<D extends Decision>(decisions: readonly D[]): Map<RecordId, D> {
  const last = new Map<RecordId, D>();
  for (const one of decisions) {
    const before = last.get(one.recordId);
    if (!before || isAfter(one, before)) last.set(one.recordId, one);
  }
  return last;
}

const newest = <D extends Decision>(decisions: readonly D[]): D | null =>
  decisions.reduce<D | null>((best, one) => (best === null || isAfter(one, best) ? one : best), null);

/** Ids rise with time, so of two in one instant the later written is the later. */
const isAfter = (one: Decision, other: Decision): boolean =>
  one.at.getTime() === other.at.getTime() ? one.id > other.id : one.at > other.at;
