import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { sessionQuery } from "../customer/session.ts";
import { Link, navigate } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";

/** What an invitation opens: whoever is signed in comes into the purse. By a tap, so that no link preview uses it up. */
export function JoinPurseScreen({ params: { code } }: ScreenProps<"/purse/:code">) {
  const session = useQuery(sessionQuery);
  const join = useMutation({
    mutationFn: () => api.ask("loyalty.joinPool", { params: { id: "me" }, body: { code } }),
    onSuccess: async () => {
      await api.queries.invalidateQueries({ queryKey: ["customer"] });
      navigate(pathTo("purse"), { replace: true });
    },
  });
  return (
    <Narrow title={t("shop.purse.join")} intro={t("shop.purse.join_text")}>
      {join.error ? <ProblemNote error={join.error} /> : null}
      {session.data?.customer ? (
        <Button kind="primary" wide busy={join.isPending} onClick={() => join.mutate()}>
          {t("shop.purse.join_now")}
        </Button>
      ) : (
        <Link to={`${pathTo("signIn")}?next=${pathTo("joinPurse", { code })}`}>{t("shop.purse.sign_in")}</Link>
      )}
    </Narrow>
  );
}
