import { Button, TextInput } from "@mantine/core";
import type { TaskView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { useMay, useStaff } from "../session/session.ts";
import { t } from "../t.ts";
import { Cause } from "./cause.tsx";
import { HandOver } from "./hand-over.tsx";
import { History } from "./history.tsx";
import { PlannedRun } from "./planned-run.tsx";
import { TASKS_KEY } from "./queries.ts";

/** What is decided where the cause is, by buttons of its own: another one here would only hide that it still stands. */
const ENDS_WITH_ITS_CAUSE: ReadonlySet<TaskView["kind"]> = new Set([
  "stock_conflict",
  "collection_overdue",
  "parcel_late",
  "goods_late",
  "order_delayed",
  "goods_asked",
  "transfer_late",
]);

/** A task with its cause, who has it, what becomes of it by itself, and everything that happened to it. */
export function TaskBeside({ task, onClose }: { readonly task: TaskView; readonly onClose: () => void }) {
  const may = useMay();
  const isWaiting = task.state === "open" || task.state === "taken";
  return (
    <Beside title={t(`office.task.kind.${task.kind}`)} onClose={onClose}>
      <p>{t(`office.task.text.${task.kind}`)}</p>
      <Facts>
        <Fact label={t("office.task.about")}>
          <Cause task={task} />
        </Fact>
        <Fact label={t("office.orders.place")}>{task.placeName}</Fact>
        <Fact label={t("office.task.team")}>{t(`office.task.team.${task.team}`)}</Fact>
        <Fact label={t("office.task.opened")}>
          <TimeAgo at={task.openedAt} />
        </Fact>
        <Fact label={t("office.task.due")}>{formatDateTime(task.dueAt)}</Fact>
        <Fact label={t("office.task.taken_by")}>{task.takenName}</Fact>
        <Fact label={t("office.task.note")}>{task.note}</Fact>
      </Facts>
      {task.run ? <PlannedRun run={task.run} /> : null}
      {isWaiting && may("tasks.take") ? <Acts task={task} /> : null}
      {isWaiting && may("tasks.handOver") ? <HandOver task={task} /> : null}
      <History id={task.id} />
    </Beside>
  );
}

function Acts({ task }: { readonly task: TaskView }) {
  const staff = useStaff();
  const [note, setNote] = useState("");
  const params = { id: task.id };
  const take = useAct(() => api.ask("tasks.take", { params }), [TASKS_KEY]);
  const release = useAct(() => api.ask("tasks.release", { params }), [TASKS_KEY]);
  const finish = useAct(() => api.ask("tasks.finish", { params, body: { note: note.trim() } }), [TASKS_KEY]);
  return (
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
  );
}
