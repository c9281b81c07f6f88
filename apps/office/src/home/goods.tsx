import { useQuery } from "@tanstack/react-query";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { PageLink } from "../common/page-link.tsx";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import { Part } from "./part.tsx";
import { goodsQuery, type Scope } from "./queries.ts";
import styles from "./home.module.css";

/** More than these are worked through on the page of the stock. */
const SHOWN = 6;

/** Goods on their way, counts that go on, and what runs out. */
export function Goods({ scope }: { readonly scope: Scope }) {
  return (
    <Part title={t("office.today.goods")} query={useQuery(goodsQuery(scope))} height="8rem">
      {({ arriving, counting, low, lowCount }) => (
        <>
          {arriving + counting > 0 ? (
            <p>
              <PageLink to="/goods" search={{ open: "yes", ...(scope.place !== undefined && { place: scope.place }) }}>
                {[
                  arriving > 0 && t("office.today.arriving", { count: arriving }),
                  counting > 0 && t("office.today.counting", { count: counting }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </PageLink>
            </p>
          ) : null}
          {lowCount === 0 ? <p className={styles.good}>{t("office.today.nothing_low")}</p> : null}
          <ul className={styles.rows} aria-label={t("office.today.goods")}>
            {low.slice(0, SHOWN).map(({ sku, name, placeId, placeName, available }) => (
              <li key={`${sku} ${placeId}`}>
                <PageLink to="/stock" search={{ query: sku, place: placeId }}>
                  {inLanguage(name)}
                </PageLink>
                <span className={styles.where}>{placeName}</span>
                <Badge tone={available === 0 ? "bad" : "warn"}>{t("office.today.left", { units: formatNumber(available) })}</Badge>
              </li>
            ))}
          </ul>
          {lowCount > SHOWN ? (
            <p className={styles.quiet}>
              <PageLink to="/stock" search={{ low: "yes", ...(scope.place !== undefined && { place: scope.place }) }}>
                {t("office.today.more_low", { count: lowCount - SHOWN })}
              </PageLink>
            </p>
          ) : null}
        </>
      )}
    </Part>
  );
}
