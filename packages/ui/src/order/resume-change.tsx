import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Api } from "../api/api.ts";
import { Button } from "../shop/button.tsx";
import { ProblemNote } from "../shop/problem-note.tsx";
import { t } from "../t.ts";
import styles from "./change-order.module.css";
import { changeBegun, sendChange } from "./send-change.ts";

type Props = { readonly api: Api; readonly orderId: string; readonly headers?: Record<string, string> | undefined };

/** Back from the bank: what was to be changed is asked for again, and done once it is paid; without an answer one may go there again. */
export function ResumeChange({ api, orderId, headers }: Props) {
  const [bankUrl, setBankUrl] = useState<string>();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const begun = changeBegun(orderId);
      return begun ? sendChange({ api, orderId, headers }, begun) : null;
    },
    onSuccess: async (sent) => {
      if (sent?.kind === "at_bank") return setBankUrl(sent.url);
      if (sent) api.queries.setQueryData(["order", orderId], sent.answer);
      await api.queries.invalidateQueries({ queryKey: ["order", orderId] });
    },
  });
  useEffect(() => {
    // Only what the hub has already: nobody changes an order by opening a page.
    if (changeBegun(orderId)) mutate();
  }, [orderId, mutate]);
  if (error) return <ProblemNote error={error} kept={t("ui.change.kept")} />;
  if (isPending) return <p role="status">{t("ui.change.waiting")}</p>;
  if (bankUrl === undefined || !changeBegun(orderId)) return null;
  return (
    <div className={styles.outcome} role="status">
      <p>{t("ui.change.at_bank")}</p>
      <Button kind="primary" onClick={() => window.location.assign(bankUrl)}>
        {t("ui.change.to_bank")}
      </Button>
    </div>
  );
}
