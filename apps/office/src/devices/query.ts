import { queryOptions } from "@tanstack/react-query";
import type { AnswerOf, EquipmentView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { t } from "../t.ts";

/** A device is heard to the minute. */
const REFRESH_MS = 60_000;

/** Tills and screens that are in use at the reader's places, and when each was last heard. */
export const devicesQuery = queryOptions({
  queryKey: ["devices"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("access.devices", { signal }),
});

/** While a till is asked for a page, its answer comes within seconds. */
const SOON_MS = 1500;

type Known = { readonly state: { readonly data: AnswerOf<"till.equipment"> | undefined } };
const refreshFor = ({ state: { data } }: Known): number => (data?.items.some(({ test }) => test?.state === "asked") ? SOON_MS : REFRESH_MS);

/** What hangs at the tills; each tells every two minutes. */
export const equipmentQuery = queryOptions({
  queryKey: ["equipment"],
  refetchInterval: refreshFor,
  queryFn: ({ signal }) => api.ask("till.equipment", { query: {}, signal }),
});

/** What it is, by its own name. A display is a window and has none. */
export const kindOf = ({ kind, name }: Pick<EquipmentView, "kind" | "name">): string =>
  kind === "display" ? t("office.devices.part.display") : `${t(`office.devices.part.${kind}`)} ${name}`;

/** Why it does not work. */
export const troubleOf = (problem: NonNullable<EquipmentView["problem"]>): string => t(`office.devices.problem.${problem}`);
