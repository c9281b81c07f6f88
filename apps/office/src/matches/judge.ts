import type { MatchView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { t } from "../t.ts";

export type Decision = "same" | "different" | "later";

/** Judges pairs and takes judgments back; each is said with a way back. */
export function useJudge() {
  // Who was just said to be one person may be looked at next.
  const touches = [["matches"], ["home"], ["customer"]];
  const undo = useAct(({ id }: Pick<MatchView, "id">) => api.ask("customers.undoMatch", { params: { id } }), touches);
  const judge = useAct(
    ({ id, decision }: { readonly id: string; readonly decision: Decision }) =>
      api.ask("customers.judgeMatch", { params: { id }, body: { decision } }),
    touches,
  );
  const takeBack = (match: Pick<MatchView, "id">): void => undo.act(match, () => showToast(t("office.match.done.undone")));
  return {
    isBusy: judge.isPending || undo.isPending,
    takeBack,
    decide: (match: Pick<MatchView, "id">, decision: Decision): void => {
      judge.act({ id: match.id, decision }, () => showToast(t(`office.match.done.${decision}`), () => takeBack(match)));
    },
  };
}
