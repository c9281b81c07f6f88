import { queryOptions } from "@tanstack/react-query";
import type { TaskView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import type { RunList, TaskList } from "../searches.ts";

/** New tasks are made by the hub: a list that stands open is asked again so often. */
const AGAIN_MS = 15_000;

/** All that is known of tasks and of what is done about them: any act on one may change the others. */
export const TASKS_KEY = ["tasks"] as const;
export const KINDS_KEY = ["task-kinds"] as const;

type Filters = {
  readonly kind?: TaskView["kind"] | undefined;
  readonly team?: TaskView["team"] | undefined;
  readonly place?: string | undefined;
};

export const tasksQuery = (list: TaskList, { kind, team, place }: Filters) => ({
  ...pagedQuery([...TASKS_KEY, list, kind ?? "", team ?? "", place ?? ""], (page, signal) =>
    api.ask("tasks.list", {
      query: {
        ...page,
        limit: PAGE_ROWS,
        state: list === "ended" ? "ended" : "waiting",
        ...(list === "mine" && { mine: "true" as const }),
        ...(kind !== undefined && { kind }),
        ...(team !== undefined && { team }),
        ...(place !== undefined && { placeId: place }),
      },
      signal,
    }),
  ),
  refetchInterval: AGAIN_MS,
});

export const runsQuery = (state: RunList, { kind, place }: Omit<Filters, "team">) => ({
  ...pagedQuery([...TASKS_KEY, "runs", state, kind ?? "", place ?? ""], (page, signal) =>
    api.ask("taskRuns.list", {
      query: { ...page, limit: PAGE_ROWS, state, ...(kind !== undefined && { kind }), ...(place !== undefined && { placeId: place }) },
      signal,
    }),
  ),
  refetchInterval: AGAIN_MS,
});

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: [...TASKS_KEY, "history", id],
    queryFn: async ({ signal }) => (await api.ask("tasks.history", { params: { id }, signal })).items,
  });

export const kindsQuery = queryOptions({
  queryKey: KINDS_KEY,
  queryFn: async ({ signal }) => (await api.ask("taskKinds.list", { signal })).items,
});
