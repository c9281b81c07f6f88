import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { sessionQuery } from "../customer/session.ts";
import { Link } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";

/** What a friend's link opens: whoever is signed in says who brought them. By a tap, so that no link preview says it. */
export function FriendScreen({ params: { code } }: ScreenProps<"/friend/:code">) {
  const session = useQuery(sessionQuery);
  const claim = useMutation({
    mutationFn: () => api.ask("loyalty.claimReferral", { params: { id: "me" }, body: { code: code.toUpperCase() } }),
    onSuccess: () => api.queries.invalidateQueries({ queryKey: ["customer"] }),
  });
  return (
    <Narrow title={t("shop.friend.brought")} intro={t("shop.friend.brought_text")}>
      {claim.error ? <ProblemNote error={claim.error} /> : null}
      {claim.data ? <p role="status">{t(`shop.friend.state.${claim.data.state}`)}</p> : null}
      {claim.data ? (
        <Link to={pathTo("menu")}>{t("shop.friend.shop")}</Link>
      ) : session.data?.customer ? (
        <Button kind="primary" wide busy={claim.isPending} onClick={() => claim.mutate()}>
          {t("shop.friend.take")}
        </Button>
      ) : (
        <Link to={`${pathTo("signIn")}?next=${pathTo("friend", { code })}`}>{t("shop.friend.sign_in")}</Link>
      )}
    </Narrow>
  );
}
