import { Button } from "@mantine/core";
import type { TaskRunView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { TASKS_KEY } from "./queries.ts";

/** What the hub is about to do by itself, and the way to stop it. */
export function PlannedRun({ run: { id, action, runsAt } }: { readonly run: Pick<TaskRunView, "id" | "action" | "runsAt"> }) {
  return (
    <div className={form.form}>
      <p>{t(`office.task.will.${action}`, { time: formatDateTime(runsAt) })}</p>
      <StopRun id={id} />
    </div>
  );
}

/** Its task stays with people then. */
export function StopRun({ id, isSmall = false }: { readonly id: string; readonly isSmall?: boolean }) {
  const may = useMay();
  const stop = useAct(() => api.ask("taskRuns.stop", { params: { id } }), [TASKS_KEY]);
  if (!may("taskRuns.stop")) return null;
  return (
    <Button
      variant="default"
      {...(isSmall && { size: "compact-sm" })}
      loading={stop.isPending}
      onClick={() => stop.act(undefined, () => showToast(t("office.task.stopped")))}
    >
      {t("office.task.undo")}
    </Button>
  );
}
