import { useMutation } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { enterSession, sessionQuery } from "../customer/session.ts";
import { navigate } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";

/** What the QR at the till opens: the card that was just made there becomes this phone's. By a tap, so that no link preview takes it. */
export function ClaimScreen({ params: { code } }: ScreenProps<"/claim/:code">) {
  const claim = useMutation({
    mutationFn: () => api.ask("customers.claim", { params: { code } }),
    onSuccess: async () => {
      const session = await api.ask("access.session", {});
      await enterSession(session);
      await api.queries.invalidateQueries(sessionQuery);
      navigate(session.customer ? pathTo("card") : `${pathTo("signIn")}?next=${pathTo("card")}`, { replace: true });
    },
  });
  return (
    <Narrow title={t("shop.claim.title")} intro={t("shop.claim.text")}>
      {claim.error ? <ProblemNote error={claim.error} /> : null}
      <Button kind="primary" wide busy={claim.isPending} onClick={() => claim.mutate()}>
        {t("shop.claim.take")}
      </Button>
    </Narrow>
  );
}
