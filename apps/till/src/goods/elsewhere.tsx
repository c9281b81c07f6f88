import { useQuery } from "@tanstack/react-query";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import type { Picked } from "./parts.ts";
import { GoodsPicker } from "./picker.tsx";
import { elsewhereQuery } from "./queries.ts";
import { Wanted } from "./wanted.tsx";
import styles from "./goods.module.css";

/** How many of something other stores can give a customer now. */
export function Elsewhere() {
  const { register } = useTill();
  const [picked, setPicked] = useState<Picked | undefined>(undefined);
  const answer = useQuery(elsewhereQuery(picked?.sku));
  return (
    <div className={styles.two}>
      <section className={styles.pane}>
        <h2>{t("till.goods.what_is_wanted")}</h2>
        <GoodsPicker onPick={setPicked} />
      </section>
      {picked ? (
        <section className={styles.pane}>
          <h2>{picked.name}</h2>
          <Wanted sku={picked.sku} />
          {answer.isPending ? <ScreenSkeleton /> : null}
          {answer.isError ? <ProblemNote error={answer.error} onRetry={answer.refetch} /> : null}
          <ul className={styles.lines}>
            {answer.data?.places.map(({ store, available, inAssortment }) => (
              <li key={store.id} data-here={store.id === register.placeId || undefined}>
                <span>
                  {store.name} {store.id === register.placeId ? <small>{t("till.goods.here")}</small> : null}
                </span>
                <strong>{inAssortment ? formatNumber(available ?? 0) : t("till.goods.not_sold")}</strong>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
