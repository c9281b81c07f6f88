import { useQuery } from "@tanstack/react-query";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { SchemePicker } from "@weft/ui/app/scheme-picker.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { meQuery, sessionQuery, useCustomer } from "../customer/session.ts";
import { Link } from "../router/router.tsx";
import { Proposals } from "../offer/proposals.tsx";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import { Accesses } from "./accesses.tsx";
import { OwnData } from "./own-data.tsx";
import { Profile } from "./profile.tsx";
import { StoreCredit } from "./store-credit.tsx";
import { Wishes } from "./wishes.tsx";
import styles from "./me.module.css";

/** The customer's own page: who they are here, language, orders, their data, and the way out. */
export function MeScreen() {
  const session = useQuery(sessionQuery);
  const customer = useCustomer();
  return (
    <Narrow title={customer?.givenName ? t("shop.me.title_named", { name: customer.givenName }) : t("shop.me.title")}>
      {session.isPending ? <Skeleton height="6rem" /> : null}
      {session.isError ? <ProblemNote error={session.error} onRetry={session.refetch} /> : null}
      {session.data && !customer ? <Visitor /> : null}
      {customer ? <SignedInPart customerId={customer.customerId} /> : null}
      <section className={styles.part} aria-label={t("shop.me.settings")}>
        <LanguagePicker />
        <SchemePicker />
      </section>
      <section className={styles.part}>
        <Link to={pathTo("help")}>{t("shop.help.title")}</Link>
      </section>
      {customer ? <Accesses /> : null}
      {customer ? <OwnData /> : null}
    </Narrow>
  );
}

function Visitor() {
  return (
    <section className={styles.part}>
      <p>{t("shop.me.visitor")}</p>
      <Link to={pathTo("signIn")} className={styles.button}>
        {t("shop.sign_in.title")}
      </Link>
      <Link to={pathTo("orders")}>{t("shop.orders.title")}</Link>
      <Link to={pathTo("saved")}>{t("shop.saved.title")}</Link>
    </section>
  );
}

function SignedInPart({ customerId }: { readonly customerId: string }) {
  const me = useQuery(meQuery(customerId));
  if (me.isError) return <ProblemNote error={me.error} onRetry={me.refetch} />;
  if (!me.data) return <Skeleton height="14rem" />;
  return (
    <>
      <Proposals />
      <Profile key={me.data.id} me={me.data} />
      <StoreCredit customerId={customerId} />
      <section className={styles.part}>
        <Link to={pathTo("orders")}>{t("shop.orders.title")}</Link>
        <Link to={pathTo("saved")}>{t("shop.saved.title")}</Link>
        <Link to={pathTo("bookings")}>{t("shop.bookings.title")}</Link>
        <Link to={pathTo("data")}>{t("shop.data.page_title")}</Link>
        <div>
          <Link to={pathTo("terms")}>{t("shop.terms.title")}</Link>
          <Wishes {...me.data.preferences} />
        </div>
        <Link to={pathTo("card")}>{t("shop.me.card", { count: me.data.points })}</Link>
      </section>
    </>
  );
}
