import { useMutation, useQuery } from "@tanstack/react-query";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { sessionQuery } from "../customer/session.ts";
import { navigate } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";

/** Where the page of an e-receipt leads: the sale becomes a purchase of who is signed in, by a tap [TIL-27]. */
export function ReceiptClaimScreen({ params: { token } }: ScreenProps<"/receipt/:token">) {
  const session = useQuery(sessionQuery);
  const isSignedIn = Boolean(session.data?.customer);
  const claim = useMutation({
    mutationFn: () => api.ask("till.claimReceipt", { params: { token } }),
    onSuccess: () => api.queries.invalidateQueries({ queryKey: ["customer"] }),
  });
  const signIn = `${pathTo("signIn")}?next=${encodeURIComponent(pathTo("receipt", { token }))}`;
  if (claim.data)
    return (
      <Narrow
        title={t("shop.receipt.done")}
        intro={t("shop.receipt.points", { points: formatNumber(claim.data.points), count: claim.data.points })}
      >
        <Button kind="primary" wide onClick={() => navigate(pathTo("order", { id: claim.data.orderId }))}>
          {t("shop.receipt.look")}
        </Button>
      </Narrow>
    );
  return (
    <Narrow title={t("shop.receipt.title")} intro={t(isSignedIn ? "shop.receipt.text" : "shop.receipt.sign_in_text")}>
      {claim.error ? <ProblemNote error={claim.error} /> : null}
      {session.isError ? <ProblemNote error={session.error} onRetry={session.refetch} /> : null}
      <Button
        kind="primary"
        wide
        busy={claim.isPending || session.isPending}
        onClick={() => (isSignedIn ? claim.mutate() : navigate(signIn))}
      >
        {t(isSignedIn ? "shop.receipt.take" : "shop.receipt.sign_in")}
      </Button>
    </Narrow>
  );
}
