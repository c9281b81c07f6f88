import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { TaskView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useState, type ReactElement } from "react";
import { PageLink } from "../common/page-link.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import form from "../common/form.module.css";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { useOwnPlaceOptions } from "../common/places.ts";
import { tasksRoute } from "../routes.tsx";
import { TASK_KINDS, TASK_LISTS, type TaskList } from "../searches.ts";
import { useMay, useStaff } from "../session/session.ts";
import { t } from "../t.ts";

/** New tasks are made by the hub: a list that stands open is asked again so often. */
const AGAIN_MS = 15_000;

type Filters = { readonly kind?: TaskView["kind"] | undefined; readonly place?: string | undefined };

const tasksQuery = (list: TaskList, { kind, place }: Filters) => ({
  ...pagedQuery(["tasks", list, kind ?? "", place ?? ""], (page, signal) =>
    api.ask("tasks.list", {
      query: {
        ...page,
        limit: PAGE_ROWS,
        state: list === "ended" ? "ended" : "waiting",
        ...(list === "mine" && { mine: "true" as const }),
        ...(kind !== undefined && { kind }),
        ...(place !== undefined && { placeId: place }),
      },
      signal,
    }),
  ),
  refetchInterval: AGAIN_MS,
});

/** What people must do: each with its cause, and gone by itself when that is. */
export function TasksScreen(): ReactElement {
  const { open, ...filters } = tasksRoute.useSearch();
  const list = filters.list ?? "waiting";
  const navigate = tasksRoute.useNavigate();
  const tasks = useInfiniteQuery(tasksQuery(list, filters));
  const task = tasks.data?.pages.flatMap((page) => page.items).find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.tasks")}
      actions={
        <>
          <FilterChoice
            label={t("office.task.what")}
            value={filters.kind}
            options={TASK_KINDS.map((each) => ({ value: each, label: t(`office.task.kind.${each}`) }))}
            onChange={(kind) => void navigate({ search: { ...filters, kind }, replace: true })}
          />
          <FilterChoice
            label={t("office.orders.place")}
            value={filters.place}
            options={useOwnPlaceOptions()}
            onChange={(place) => void navigate({ search: { ...filters, place }, replace: true })}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("office.task.lists")}
            value={list}
            data={TASK_LISTS.map((each) => ({ value: each, label: t(`office.task.list.${each}`) }))}
            onChange={(next) => void navigate({ search: { ...filters, list: TASK_LISTS.find((each) => each === next) }, replace: true })}
          />
        </>
      }
      beside={task ? <TaskBeside key={task.id} task={task} onClose={() => void navigate({ search: filters, replace: true })} /> : null}
    >
      <PagedTable
        query={tasks}
        label={t("office.nav.tasks")}
        people={{ list: "tasks" }}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/tasks", search: { ...filters, open: id } })}
        openKey={open}
        empty={{ title: t("office.task.none"), text: t("office.task.none_text") }}
      />
    </Page>
  );
}

function columns(): Column<TaskView>[] {
  const isLate = ({ state, dueAt }: TaskView): boolean => (state === "open" || state === "taken") && new Date(dueAt) < new Date();
  return [
    { key: "kind", label: t("office.task.what"), cell: ({ kind }) => t(`office.task.kind.${kind}`), text: ({ kind }) => kind },
    { key: "place", label: t("office.orders.place"), cell: ({ placeName }) => placeName ?? "", text: ({ placeName }) => placeName ?? "" },
    {
      key: "team",
      label: t("office.task.team"),
      isMinor: true,
      cell: ({ team }) => t(`office.task.team.${team}`),
      text: ({ team }) => team,
    },
    {
      key: "due",
      label: t("office.task.due"),
      cell: (task) => (isLate(task) ? <Badge tone="bad">{formatDateTime(task.dueAt)}</Badge> : formatDateTime(task.dueAt)),
      text: ({ dueAt }) => dueAt,
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state, takenName }) => <Badge tone={TONES[state]}>{takenName ?? t(`office.task.state.${state}`)}</Badge>,
      text: ({ state }) => state,
    },
  ];
}

/** What is decided where the cause is, by buttons of its own: another one here would only hide that it still stands. */
const ENDS_WITH_ITS_CAUSE: ReadonlySet<TaskView["kind"]> = new Set(["stock_conflict", "collection_overdue", "goods_late"]);

const TONES = { open: "warn", taken: "plain", done: "good", gone: "plain" } as const;

function TaskBeside({ task, onClose }: { readonly task: TaskView; readonly onClose: () => void }) {
  const may = useMay();
  const staff = useStaff();
  const [note, setNote] = useState("");
  const params = { id: task.id };
  const take = useAct(() => api.ask("tasks.take", { params }), [["tasks"]]);
  const release = useAct(() => api.ask("tasks.release", { params }), [["tasks"]]);
  const finish = useAct(() => api.ask("tasks.finish", { params, body: { note: note.trim() } }), [["tasks"]]);
  const isWaiting = task.state === "open" || task.state === "taken";
  return (
    <Beside title={t(`office.task.kind.${task.kind}`)} onClose={onClose}>
      <p>{t(`office.task.text.${task.kind}`)}</p>
      <Facts>
        <Fact label={t("office.task.about")}>
          <Cause task={task} />
        </Fact>
        <Fact label={t("office.orders.place")}>{task.placeName}</Fact>
        <Fact label={t("office.task.opened")}>
          <TimeAgo at={task.openedAt} />
        </Fact>
        <Fact label={t("office.task.due")}>{formatDateTime(task.dueAt)}</Fact>
        <Fact label={t("office.task.taken_by")}>{task.takenName}</Fact>
        <Fact label={t("office.task.note")}>{task.note}</Fact>
      </Facts>
      {isWaiting && may("tasks.take") ? (
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            finish.mutate(undefined);
          }}
        >
          <div className={form.row}>
            {task.state === "open" ? (
              <Button loading={take.isPending} onClick={() => take.mutate(undefined)}>
                {t("office.task.take")}
              </Button>
            ) : null}
            {task.takenBy !== null && task.takenBy === staff?.id ? (
              <Button variant="default" loading={release.isPending} onClick={() => release.mutate(undefined)}>
                {t("office.task.release")}
              </Button>
            ) : null}
          </div>
          {ENDS_WITH_ITS_CAUSE.has(task.kind) ? (
            <p className={form.quiet}>{t("office.task.ends_itself")}</p>
          ) : (
            <>
              <TextInput label={t("office.task.note")} value={note} maxLength={500} onChange={({ target }) => setNote(target.value)} />
              <Button type="submit" variant="default" disabled={note.trim() === ""} loading={finish.isPending}>
                {t("office.task.finish")}
              </Button>
            </>
          )}
        </form>
      ) : null}
    </Beside>
  );
}

/** Leads to where the cause can be mended. */
function Cause({ task: { kind, reference } }: { readonly task: TaskView }) {
  if (kind === "stock_conflict")
    return (
      <PageLink to="/conflicts" search={{ open: reference.id }}>
        {t("office.task.missing", { count: reference.missing ?? 0 })}
      </PageLink>
    );
  if (kind === "terms_contested" || kind === "access_objected")
    return (
      <PageLink to="/customers/$id" params={{ id: reference.id }}>
        {t("office.task.customer")}
      </PageLink>
    );
  if (kind === "privacy_request")
    return (
      <PageLink to="/privacy" search={{ part: "requests", open: reference.id }}>
        {t("office.privacy.request")}
      </PageLink>
    );
  if (kind === "quarantine")
    return (
      <PageLink to="/quarantine" search={{ kind: reference.id }}>
        {reference.id}
      </PageLink>
    );
  if (kind === "refund_unknown") return <PageLink to="/refunds">{reference.number ?? reference.id}</PageLink>;
  if (kind === "dead_letter") return <PageLink to="/failed-events">{reference.id}</PageLink>;
  return (
    <PageLink to="/orders" search={{ open: reference.id }}>
      {reference.number ?? reference.id}
    </PageLink>
  );
}
