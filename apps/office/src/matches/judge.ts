import { useQueryClient } from "@tanstack/react-query";
import type { MatchView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { t } from "../t.ts";

export type Decision = "same" | "different" | "later";

/** Judges pairs and takes judgments back; each is said with a way back. */
export function useJudge() {
  const queries = useQueryClient();
  const touches = [["matches"], ["home"]];
  const undo = useAct(({ id }: Pick<MatchView, "id">) => api.ask("customers.undoMatch", { params: { id } }), touches);
  const judge = useAct(
    ({ id, decision }: { readonly id: string; readonly decision: Decision }) =>
      api.ask("customers.judgeMatch", { params: { id }, body: { decision } }),
    touches,
  );
  const takeBack = (match: Pick<MatchView, "id">): void => {
    undo.mutate(match, {
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ["customer"] });
        showToast(t("office.match.done.undone"));
      },
    });
  };
  return {
    isBusy: judge.isPending || undo.isPending,
    takeBack,
    decide: (match: Pick<MatchView, "id">, decision: Decision): void => {
      judge.mutate(
        { id: match.id, decision },
        {
          onSuccess: () => {
            // Who was just said to be one person may be looked at in another tab.
            void queries.invalidateQueries({ queryKey: ["customer"] });
            showToast(t(`office.match.done.${decision}`), () => takeBack(match));
          },
        },
      );
    },
  };
}
