import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { PARITY_ATTRIBUTES, type ParityAttribute, type ParityProductView } from "@weft/contracts/client";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState, type ReactElement } from "react";
import { TableSkeleton } from "../common/data-table.tsx";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import { Fix } from "./fix.tsx";
import styles from "./parity.module.css";
import { shownProductQuery } from "./queries.ts";
import { becauseText, sameText, TONES, valueText } from "./words.ts";

type Shown = ParityProductView["windows"][number];
type Cell = Shown["variants"][number]["cells"][number];

type Props = { readonly productId: string; readonly checkId: string | undefined; readonly place: string | undefined };

/** One product as every channel shows it now, side by side. */
export function ShownProduct({ productId, checkId, place }: Props): ReactElement {
  const shown = useQuery(shownProductQuery(productId, checkId, place));
  const [sku, setSku] = useState<string>();
  if (shown.isPending) return <TableSkeleton />;
  if (shown.isError) return <ProblemNote error={shown.error} onRetry={shown.refetch} />;
  const skus = [...new Set(shown.data.windows.flatMap(({ variants }) => variants.map((variant) => variant.sku)))];
  const chosen = sku !== undefined && skus.includes(sku) ? sku : skus[0];
  return (
    <Section title={inLanguage(shown.data.name)}>
      {skus.length > 1 ? (
        <NativeSelect
          size="xs"
          w="fit-content"
          aria-label={t("office.parity.variant")}
          value={chosen}
          data={skus}
          onChange={({ currentTarget }) => setSku(currentTarget.value)}
        />
      ) : null}
      <Matrix label={inLanguage(shown.data.name)} windows={shown.data.windows} sku={chosen} />
    </Section>
  );
}

function Matrix({ label, windows, sku }: { readonly label: string; readonly windows: readonly Shown[]; readonly sku: string | undefined }) {
  const columns = windows.map((window) => {
    const variant = window.variants.find((one) => one.sku === sku);
    return { window, cells: new Map(variant?.cells.map((cell): [ParityAttribute, Cell] => [cell.attribute, cell])) };
  });
  const attributes = PARITY_ATTRIBUTES.filter((attribute) => columns.some(({ cells }) => cells.has(attribute)));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is to be reached by keys
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t("office.parity.attribute_column")}</th>
            {columns.map(({ window }) => (
              <th key={keyOf(window)} scope="col">
                {t(`office.parity.window.${window.window}`)}
                <span className={styles.quiet}>{[window.channelName, window.placeName].filter(Boolean).join(" · ")}</span>
                {window.madeAt === null ? null : (
                  <span className={styles.quiet}>
                    {t("office.parity.made")} <TimeAgo at={window.madeAt} />
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {attributes.map((attribute) => (
            <tr key={attribute}>
              <th scope="row">{t(`office.parity.attribute.${attribute}`)}</th>
              {columns.map(({ window, cells }) => (
                <td key={keyOf(window)}>
                  <OneCell cell={cells.get(attribute)} channelId={window.channelId} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const keyOf = ({ window, channelId, placeId, madeAt }: Shown): string => [window, channelId, placeId, madeAt].join("/");

function OneCell({ cell, channelId }: { readonly cell: Cell | undefined; readonly channelId: string }) {
  if (!cell) return <span className={styles.quiet}>–</span>;
  if (cell.verdict === "same") return <>{sameText(cell.attribute, cell.shown)}</>;
  return (
    <div className={styles.cell}>
      <strong>{valueText(cell.shown)}</strong>
      <Badge tone={TONES[cell.verdict]}>{t(`office.parity.verdict.${cell.verdict}`)}</Badge>
      <span className={styles.quiet}>{t("office.parity.instead", { expected: valueText(cell.expected) })}</span>
      <span className={styles.quiet}>{becauseText(cell)}</span>
      <Fix fix={cell.fix} fixId={cell.fixId} channelId={channelId} />
    </div>
  );
}
