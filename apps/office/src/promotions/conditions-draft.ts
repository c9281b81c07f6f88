import type { PromotionTermsView } from "@weft/contracts/client";

/** When, where and for whom something holds, as it is typed; times as their fields have them. */
export type ConditionsDraft = {
  readonly minimumPieces: number | null;
  readonly weekdays: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly placeIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly channelIds: readonly string[];
  readonly customerGroups: readonly string[];
  readonly firstOrder: boolean;
};

/** What a promotion and a bonus ask alike. What their goods must cost each says in its own way. */
export type Conditions = Pick<
  PromotionTermsView,
  "minimumPieces" | "hours" | "validFrom" | "validTo" | "placeIds" | "groupIds" | "channelIds" | "customerGroups" | "firstOrder"
>;

export const NO_CONDITIONS: ConditionsDraft = {
  minimumPieces: null,
  weekdays: [],
  from: "17:00",
  to: "19:00",
  validFrom: "",
  validTo: "",
  placeIds: [],
  groupIds: [],
  channelIds: [],
  customerGroups: [],
  firstOrder: false,
};

export function draftOfConditions({ hours, validFrom, validTo, ...conditions }: Conditions): ConditionsDraft {
  const { minimumPieces, placeIds, groupIds, channelIds, customerGroups, firstOrder } = conditions;
  return {
    ...NO_CONDITIONS,
    ...(hours && { weekdays: hours.weekdays.map(String), from: hours.from, to: hours.to }),
    validFrom: localTime(validFrom),
    validTo: localTime(validTo),
    minimumPieces,
    placeIds,
    groupIds,
    channelIds,
    customerGroups,
    firstOrder,
  };
}

/** The same as the hub takes it. */
export function conditionsOf({ minimumPieces, weekdays, from, to, firstOrder, ...draft }: ConditionsDraft): Conditions {
  return {
    minimumPieces,
    hours: weekdays.length === 0 ? null : { weekdays: weekdays.map(Number).sort((a, b) => a - b), from, to },
    validFrom: instantOf(draft.validFrom),
    validTo: instantOf(draft.validTo),
    placeIds: [...draft.placeIds],
    groupIds: [...draft.groupIds],
    channelIds: [...draft.channelIds],
    customerGroups: [...draft.customerGroups],
    firstOrder,
  };
}

/** A time as a field for date and time has it: by the reader's clock, to the minute. */
function localTime(instant: string | null): string {
  if (instant === null) return "";
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const instantOf = (local: string): string | null => (local === "" ? null : new Date(local).toISOString());
