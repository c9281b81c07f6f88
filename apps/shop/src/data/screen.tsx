import { useQuery } from "@tanstack/react-query";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { sessionQuery, useCustomer } from "../customer/session.ts";
import { OwnData } from "../me/own-data.tsx";
import { Accesses } from "../me/accesses.tsx";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import { Known } from "./known.tsx";
import { Requests } from "./requests.tsx";
import { Uses } from "./uses.tsx";

/** Everything about the customer's own data: what is known and from where, what becomes of it, who looked, and what can be asked for. */
export function DataScreen() {
  const session = useQuery(sessionQuery);
  const customer = useCustomer();
  return (
    <Narrow title={t("shop.data.page_title")} intro={t("shop.data.page_intro")}>
      {session.isPending ? <Skeleton height="20rem" /> : null}
      {session.isError ? <ProblemNote error={session.error} onRetry={session.refetch} /> : null}
      {session.data && !customer ? <Link to={`${pathTo("signIn")}?next=${pathTo("data")}`}>{t("shop.sign_in.title")}</Link> : null}
      {customer ? (
        <>
          <Known customerId={customer.customerId} />
          <Uses customerId={customer.customerId} />
          <Accesses />
          <Requests customerId={customer.customerId} />
          <OwnData />
        </>
      ) : null}
    </Narrow>
  );
}
