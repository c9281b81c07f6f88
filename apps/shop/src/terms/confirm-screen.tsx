import { useMutation } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import type { ScreenProps } from "../router/route.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";

/** The button of a confirmation mail. By a tap, so that no link preview agrees to anything. */
export function ConfirmTermsScreen({ params: { token } }: ScreenProps<"/confirm/:token">) {
  const confirm = useMutation({ mutationFn: () => api.ask("consent.confirm", { body: { token } }) });
  return (
    <Narrow title={t("shop.terms.confirm_title")} intro={t("shop.terms.confirm_text")}>
      {confirm.error ? <ProblemNote error={confirm.error} /> : null}
      {confirm.isSuccess ? (
        <p role="status">{t("shop.terms.confirmed")}</p>
      ) : (
        <Button kind="primary" wide busy={confirm.isPending} onClick={() => confirm.mutate()}>
          {t("shop.terms.confirm")}
        </Button>
      )}
    </Narrow>
  );
}
