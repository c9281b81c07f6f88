import { useInfiniteQuery } from "@tanstack/react-query";
import type { StockLevelView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { PlaceName } from "@weft/ui/kit/place-name.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { pagedQuery } from "../common/paged.ts";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { AheadForm } from "./ahead-form.tsx";
import { MoveForm } from "./move-form.tsx";
import { SafetyForm } from "./safety-form.tsx";
import { StockBar } from "./stock-bar.tsx";
import styles from "./stock.module.css";

const FIGURES = [
  ["onHand", undefined],
  ["allocated", "var(--color-info)"],
  ["held", "var(--color-warn)"],
  ["safety", "var(--color-line-strong)"],
  ["available", "var(--color-good)"],
] as const;

const movementsQuery = ({ variantId, placeId }: StockLevelView) =>
  pagedQuery(["stock", "movements", variantId, placeId], (page, signal) =>
    api.ask("stock.movements", { query: { ...page, variantId, placeId, limit: 30 }, signal }),
  );

/** One variant at one place: its figures, what moved it, and the ways to correct it. */
export function LevelBeside({ level, onClose }: { readonly level: StockLevelView; readonly onClose: () => void }) {
  const may = useMay();
  return (
    <Beside title={inLanguage(level.name)} onClose={onClose}>
      <p className={form.quiet}>
        <code>{level.sku}</code> <PlaceName name={level.placeName} />
      </p>
      <span className={styles.whole}>
        <StockBar level={level} />
      </span>
      <dl className={styles.legend}>
        {FIGURES.map(([figure, mark]) => (
          <div key={figure}>
            <dt>
              {mark === undefined ? null : <span className={styles.mark} style={{ background: mark }} />}
              {t(`office.stock.${figure}`)}
            </dt>
            <dd>{formatNumber(level[figure])}</dd>
          </div>
        ))}
      </dl>
      {level.incoming > 0 ? (
        <p className={form.quiet}>
          <PageLink to="/goods" search={{ kind: "transfer", place: level.placeId, open: "yes" }}>
            {t("office.stock.incoming", { count: level.incoming })}
          </PageLink>
        </p>
      ) : null}
      {may("stock.move") ? (
        <Part title={t("office.stock.book")}>
          <MoveForm level={level} />
        </Part>
      ) : null}
      {may("stock.setSafety") ? (
        <Part title={t("office.stock.limits")}>
          <SafetyForm key={`${level.safety} ${level.lowAt}`} level={level} />
        </Part>
      ) : null}
      {may("stock.setAhead") ? (
        <Part title={t("office.stock.ahead")}>
          <AheadForm key={JSON.stringify(level.ahead)} level={level} />
        </Part>
      ) : null}
      {may("stock.movements") ? (
        <Part title={t("office.stock.movements")}>
          <Movements level={level} />
        </Part>
      ) : null}
    </Beside>
  );
}

function Movements({ level }: { readonly level: StockLevelView }) {
  const movements = useInfiniteQuery(movementsQuery(level));
  if (movements.isPending) return <Skeleton height="6rem" />;
  if (movements.isError) return <ProblemNote error={movements.error} onRetry={movements.refetch} />;
  const rows = movements.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <p className={form.quiet}>{t("office.stock.no_movements")}</p>;
  return (
    <ul className={form.rows}>
      {rows.map((movement) => (
        <li key={movement.id}>
          <span className={form.grow}>
            {t(`office.stock.kind.${movement.kind}`)} <small>{[movement.actorName, movement.reason].filter(Boolean).join(" · ")}</small>
          </span>
          <small>
            <TimeAgo at={movement.at} />
          </small>
          <strong>{formatNumber(movement.quantity, { signDisplay: "exceptZero" })}</strong>
        </li>
      ))}
    </ul>
  );
}
