import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { t } from "../t.ts";
import { Arrivals } from "./arrivals.tsx";
import { Counting } from "./counting.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { PARTS, type GoodsPart } from "./parts.ts";
import { Waste } from "./waste.tsx";
import styles from "./goods.module.css";

const SCREENS: Readonly<Record<GoodsPart, () => ReactElement>> = {
  arrivals: Arrivals,
  count: Counting,
  waste: Waste,
  elsewhere: Elsewhere,
};

/** What this store does with its goods besides selling them: receive, count, throw away, find in another store. */
export function GoodsScreen({ part }: { readonly part: GoodsPart }) {
  const Part = SCREENS[part];
  return (
    <section className={styles.screen} aria-labelledby="goods-title">
      <header className={styles.head}>
        <h1 id="goods-title">{t("till.goods.title")}</h1>
        <nav className={styles.parts} aria-label={t("till.goods.title")}>
          {PARTS.map((known) => (
            <Link key={known} to="/goods" search={{ part: known }} replace aria-current={known === part ? "page" : undefined}>
              {t(`till.goods.part_${known}`)}
            </Link>
          ))}
        </nav>
      </header>
      <Part />
    </section>
  );
}
