import { Button, NativeSelect, TextInput } from "@mantine/core";
import { TASK_TEAMS, type TaskView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useStaff } from "../session/session.ts";
import { t } from "../t.ts";
import { TASKS_KEY } from "./queries.ts";

/** Hands a task to another team, with a word about what they should know. */
export function HandOver({ task }: { readonly task: TaskView }) {
  const staff = useStaff();
  const others = TASK_TEAMS.filter((team) => team !== task.team);
  const [team, setTeam] = useState<TaskView["team"]>(others[0] ?? task.team);
  const [note, setNote] = useState("");
  const hand = useAct(() => api.ask("tasks.handOver", { params: { id: task.id }, body: { team, note: note.trim() } }), [TASKS_KEY]);
  if (task.state === "taken" && task.takenBy !== staff?.id) return null;
  return (
    <details>
      <summary>{t("office.task.hand_over")}</summary>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          hand.act(undefined, (handed) => showToast(t("office.task.handed_to", { team: t(`office.task.team.${handed.team}`) })));
        }}
      >
        <NativeSelect
          label={t("office.task.to_team")}
          value={team}
          data={others.map((each) => ({ value: each, label: t(`office.task.team.${each}`) }))}
          onChange={({ currentTarget }) => setTeam(others.find((each) => each === currentTarget.value) ?? team)}
        />
        <TextInput
          required
          maxLength={500}
          label={t("office.task.word")}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={note.trim() === ""} loading={hand.isPending}>
          {t("office.task.hand_over")}
        </Button>
      </form>
    </details>
  );
}
