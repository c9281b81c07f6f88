import { useMutation, useQuery } from "@tanstack/react-query";
import type { DataUseView } from "@weft/contracts/client";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { setMeasuring } from "../cookies/measure.ts";
import { sessionQuery } from "../customer/session.ts";
import me from "../me/me.module.css";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { termsQuery } from "../terms/terms.ts";
import styles from "./data.module.css";

/** What becomes of the customer's data: each use with what it is, and a switch that holds on every channel at once. */
export function Uses({ customerId }: { readonly customerId: string }) {
  const query = termsQuery(customerId);
  const terms = useQuery(query);
  const allow = useMutation({
    mutationFn: async ({ purpose, isAllowed }: Pick<DataUseView, "purpose" | "isAllowed">) => {
      const body = { isAllowed, wordingVersion: terms.data?.wordingVersion ?? "", language: currentLocale() };
      const answer = await api.ask("consent.allowUse", { params: { id: "me", purpose }, body });
      if (purpose === "measurement") await setMeasuring(isAllowed);
      return answer;
    },
    onSuccess: async (answer) => {
      api.queries.setQueryData(query.queryKey, answer);
      await api.queries.invalidateQueries(sessionQuery);
    },
  });
  return (
    <section className={me.part} aria-labelledby="uses-title">
      <h2 id="uses-title">{t("shop.data.uses")}</h2>
      <p className={me.quiet}>{t("shop.data.uses_text")}</p>
      {terms.isPending ? <Skeleton height="14rem" /> : null}
      {terms.isError ? <ProblemNote error={terms.error} onRetry={terms.refetch} /> : null}
      {allow.error ? <ProblemNote error={allow.error} /> : null}
      <ul className={styles.uses}>
        {terms.data?.uses.map(({ purpose, isAllowed }) => (
          <li key={purpose}>
            <label>
              <input
                type="checkbox"
                checked={isAllowed}
                disabled={allow.isPending}
                onChange={() => allow.mutate({ purpose, isAllowed: !isAllowed })}
              />
              <strong>{t(`shop.data.use.${purpose}`)}</strong>
              <small>{t(`shop.data.use_text.${purpose}`)}</small>
            </label>
          </li>
        ))}
      </ul>
      <p>
        <Link to={pathTo("terms")}>{t("shop.terms.title")}</Link>
      </p>
    </section>
  );
}
