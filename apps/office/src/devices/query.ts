import { queryOptions } from "@tanstack/react-query";
import type { EquipmentView } from "@weft/contracts/client";
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

/** What hangs at the tills; each tells every two minutes. */
export const equipmentQuery = queryOptions({
  queryKey: ["equipment"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("till.equipment", { query: {}, signal }),
});

/** What it is, by its own name. A display is a window and has none. */
export const kindOf = ({ kind, name }: Pick<EquipmentView, "kind" | "name">): string =>
  kind === "display" ? t("office.devices.part.display") : `${t(`office.devices.part.${kind}`)} ${name}`;

/** Why it does not work. */
export const troubleOf = (problem: NonNullable<EquipmentView["problem"]>): string => t(`office.devices.problem.${problem}`);
