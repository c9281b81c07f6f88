import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";
import { Part } from "./part.tsx";
import { taskCountsQuery, type Scope } from "./queries.ts";
import styles from "./home.module.css";

/** What people must do, by kind; each leads to its list. */
export function TaskCounts({ scope }: { readonly scope: Scope }) {
  return (
    <Part
      title={t("office.nav.tasks")}
      query={useQuery(taskCountsQuery(scope))}
      height="6rem"
      actions={
        <Link to="/tasks" search={{ list: "mine" }}>
          {t("office.task.list.mine")}
        </Link>
      }
    >
      {({ items }) => (
        <>
          {items.length === 0 ? <p className={styles.good}>{t("office.task.none")}</p> : null}
          <ul className={styles.rows} aria-label={t("office.nav.tasks")}>
            {items.map(({ kind, waiting, late, nextDueAt }) => (
              <li key={kind}>
                <Link to="/tasks" search={{ kind, ...(scope.place !== undefined && { place: scope.place }) }}>
                  {t(`office.task.kind.${kind}`)}
                </Link>
                <span className={styles.where}>{t("office.today.waiting", { count: waiting })}</span>
                {late > 0 ? <Badge tone="bad">{t("office.today.late", { count: late })}</Badge> : <span />}
                <TimeAgo at={nextDueAt} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}
