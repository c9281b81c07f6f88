import { useQuery } from "@tanstack/react-query";
import type { TaskStepView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { historyQuery } from "./queries.ts";

/** Everything that became of a task, the first step on top; without a name it was the hub. */
export function History({ id }: { readonly id: string }) {
  const history = useQuery(historyQuery(id));
  return (
    <Part title={t("office.task.history")}>
      {history.isPending ? (
        <Skeleton height="4rem" />
      ) : history.isError ? (
        <ProblemNote error={history.error} onRetry={history.refetch} />
      ) : (
        <ol className={form.rows}>
          {history.data.map((step, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- steps are only ever added at the end
            <li key={index}>
              <span className={form.grow}>
                {stepText(step)}
                {step.note === null ? null : (
                  <small> {step.act === "failed" ? wordOf(`office.task.because.${step.note}`, step.note) : step.note}</small>
                )}
              </span>
              <small>{formatDateTime(step.at)}</small>
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}

function stepText({ act, staffName, team }: TaskStepView): string {
  const said = t(`office.task.step.${act}`, { team: team === null ? "" : t(`office.task.team.${team}`) });
  return staffName === null ? said : `${staffName}: ${said}`;
}
