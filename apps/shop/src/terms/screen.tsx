import { useMutation, useQuery } from "@tanstack/react-query";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { sessionQuery, useCustomer } from "../customer/session.ts";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import { AgreedParts } from "./agreed.tsx";
import { termsQuery, type TermsChoice, type Wishes } from "./terms.ts";

/** What the customer agreed to and how they want to be reached: what is said here holds on every channel at once. */
export function TermsScreen() {
  const session = useQuery(sessionQuery);
  const customer = useCustomer();
  return (
    <Narrow title={t("shop.terms.title")} intro={t("shop.terms.intro")}>
      {session.isPending ? <Skeleton height="20rem" /> : null}
      {session.isError ? <ProblemNote error={session.error} onRetry={session.refetch} /> : null}
      {session.data && !customer ? <Link to={`${pathTo("signIn")}?next=${pathTo("terms")}`}>{t("shop.sign_in.title")}</Link> : null}
      {customer ? <OwnTerms customerId={customer.customerId} /> : null}
    </Narrow>
  );
}

function OwnTerms({ customerId }: { readonly customerId: string }) {
  const query = termsQuery(customerId);
  const terms = useQuery(query);
  const keep = (answer: NonNullable<typeof terms.data>): void => void api.queries.setQueryData(query.queryKey, answer);
  const choose = useMutation({
    mutationFn: (choices: readonly TermsChoice[]) =>
      api.ask("consent.decide", {
        params: { id: "me" },
        body: { choices: [...choices], wordingVersion: terms.data?.wordingVersion ?? "", language: currentLocale() },
      }),
    onSuccess: keep,
  });
  const wish = useMutation({
    scope: { id: "wishes" }, // one after the other: the last one said is the one that is kept
    mutationFn: (wishes: Wishes) => api.ask("consent.setPreferences", { params: { id: "me" }, body: wishes }),
    onSuccess: keep,
  });
  if (terms.isPending) return <Skeleton height="20rem" />;
  if (terms.isError) return <ProblemNote error={terms.error} onRetry={terms.refetch} />;
  const error = choose.error ?? wish.error;
  return (
    <>
      {error ? <ProblemNote error={error} /> : null}
      <AgreedParts
        agreed={terms.data}
        isBusy={choose.isPending}
        onChoose={(choices) => choose.mutate(choices)}
        onWish={(wishes) => wish.mutate(wishes)}
      />
    </>
  );
}
