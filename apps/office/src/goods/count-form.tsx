import { Button, NumberInput } from "@mantine/core";
import type { LocalizedText, StockDocumentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { GoodsFinder } from "./lines-editor.tsx";
import { GOODS_TOUCHED } from "./queries.ts";

type Line = StockDocumentView["lines"][number];

/** Whether something was sold or booked since the line was counted: then its figure is no longer what it was compared with [STK-7]. */
const isOutdated = ({ booked, startedFrom, onHand }: Line): boolean => !booked && onHand !== null && startedFrom !== onHand;

/** A count that goes on: figures are noted one by one, and booked together or line by line. */
export function CountForm({ document }: { readonly document: StockDocumentView }) {
  const { id, lines } = document;
  const may = useMay();
  const post = useAct(
    (skus: string[] | null) => api.ask("stock.postCount", { params: { id }, body: { skus }, headers: keyHeader(newKey()) }),
    GOODS_TOUCHED,
  );
  const say = (answer: StockDocumentView): void => {
    const left = answer.lines.filter(isOutdated).length;
    showToast(left === 0 ? t("office.goods.count_booked") : t("office.goods.count_left", { count: left }));
  };
  const open = lines.filter(({ booked }) => !booked);
  return (
    <Part title={t("office.goods.lines")}>
      {may("stock.countLines") ? <NoteFigure id={id} /> : null}
      {lines.length === 0 ? <p className={form.quiet}>{t("office.goods.nothing_counted")}</p> : null}
      <ul className={form.rows} aria-label={t("office.goods.lines")}>
        {lines.map((line) => (
          <CountedLine
            key={line.sku}
            line={line}
            {...(may("stock.postCount") && !line.booked && { onBook: () => post.act([line.sku], say) })}
          />
        ))}
      </ul>
      {may("stock.postCount") ? (
        <Button disabled={open.length === 0} loading={post.isPending} onClick={() => post.act(null, say)}>
          {t("office.goods.book_all", { count: open.length })}
        </Button>
      ) : (
        <p className={form.quiet}>{t("office.goods.booked_by_manager")}</p>
      )}
    </Part>
  );
}

function CountedLine({ line, onBook }: { readonly line: Line; readonly onBook?: () => void }) {
  const { sku, name, quantity, startedFrom, onHand, booked } = line;
  const difference = quantity - (startedFrom ?? 0);
  return (
    <li>
      <span className={form.grow}>
        {inLanguage(name)} <small>{sku}</small>
      </span>
      {isOutdated(line) ? <Badge tone="bad">{t("office.goods.count_again", { units: formatNumber(onHand ?? 0) })}</Badge> : null}
      {difference === 0 ? null : <Badge tone="warn">{formatNumber(difference, { signDisplay: "exceptZero" })}</Badge>}
      <strong>{formatNumber(quantity)}</strong>
      {booked ? <Badge tone="good">{t("office.goods.line_booked")}</Badge> : null}
      {onBook && !isOutdated(line) ? (
        <Button size="xs" variant="default" aria-label={t("office.goods.book_line", { sku })} onClick={onBook}>
          {t("office.stock.book_go")}
        </Button>
      ) : null}
    </li>
  );
}

/** Notes one figure: what, and how many of it are there. */
function NoteFigure({ id }: { readonly id: string }) {
  const [goods, setGoods] = useState<{ sku: string; name: LocalizedText | null } | undefined>(undefined);
  const [units, setUnits] = useState<number | "">("");
  const note = useAct(
    (line: { sku: string; quantity: number }) => api.ask("stock.countLines", { params: { id }, body: { lines: [line] } }),
    [["goods"]],
  );
  if (!goods) return <GoodsFinder onFound={setGoods} />;
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (units === "") return;
        note.mutate(
          { sku: goods.sku, quantity: units },
          {
            onSettled: () => {
              setGoods(undefined);
              setUnits("");
            },
          },
        );
      }}
    >
      <NumberInput
        label={t("office.goods.counted_of", { name: goods.name === null ? goods.sku : inLanguage(goods.name) })}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever has just scanned something types how many there are
        autoFocus
        min={0}
        max={100_000}
        allowDecimal={false}
        value={units}
        onChange={(value) => setUnits(typeof value === "number" ? value : "")}
      />
      <Button type="submit" disabled={units === ""} loading={note.isPending}>
        {t("office.goods.note_figure")}
      </Button>
    </form>
  );
}
