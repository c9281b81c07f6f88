import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { StockDocumentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import type { Picked } from "./parts.ts";
import { GoodsPicker } from "./picker.tsx";
import { documentQuery, useOpenDocuments } from "./queries.ts";
import styles from "./goods.module.css";

/** The count that goes on in this store: begun here or in the office, noted by scan or typing, booked by a manager. */
export function Counting() {
  const { register } = useTill();
  const open = useOpenDocuments(register.placeId, "count");
  if (open.isPending) return <ScreenSkeleton />;
  if (open.isError) return <ProblemNote error={open.error} onRetry={open.refetch} />;
  const [count] = open.data.items;
  return count ? <OpenCount key={count.id} id={count.id} /> : <NoCount />;
}

function NoCount() {
  const { register } = useTill();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const begin = useMutation({
    mutationFn: () => api.ask("stock.startCount", { body: { placeId: register.placeId }, headers: keyHeader(key) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["goods"] }),
  });
  return (
    <EmptyState title={t("till.goods.no_count")} text={t("till.goods.no_count_text")}>
      {begin.error ? <ProblemNote error={begin.error} /> : null}
      <Button kind="primary" busy={begin.isPending} onClick={() => begin.mutate()}>
        {t("till.goods.begin_count")}
      </Button>
    </EmptyState>
  );
}

function OpenCount({ id }: { readonly id: string }) {
  const { register } = useTill();
  const document = useQuery(documentQuery(register.placeId, id));
  const [picked, setPicked] = useState<Picked | undefined>(undefined);
  if (document.isPending) return <ScreenSkeleton />;
  if (document.isError) return <ProblemNote error={document.error} onRetry={document.refetch} />;
  return (
    <div className={styles.two}>
      <section className={styles.pane}>
        <h2>{t("till.goods.count", { number: document.data.number })}</h2>
        <p>{t("till.goods.count_hint")}</p>
        {picked ? (
          <Figure key={picked.sku} id={id} picked={picked} onDone={() => setPicked(undefined)} />
        ) : (
          <GoodsPicker onPick={setPicked} />
        )}
      </section>
      <Counted lines={document.data.lines} />
    </div>
  );
}

/** How many of something stand on the shelf. */
function Figure({ id, picked, onDone }: { readonly id: string; readonly picked: Picked; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [units, setUnits] = useState("");
  const note = useMutation({
    mutationFn: (quantity: number) => api.ask("stock.countLines", { params: { id }, body: { lines: [{ sku: picked.sku, quantity }] } }),
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ["goods"] }),
  });
  return (
    <form
      className={styles.figure}
      onSubmit={(event) => {
        event.preventDefault();
        note.mutate(Number(units));
      }}
    >
      <Field
        label={t("till.goods.how_many", { name: picked.name })}
        inputMode="numeric"
        pattern="[0-9]{1,5}"
        required
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever has just scanned something types how many there are
        autoFocus
        autoComplete="off"
        value={units}
        onChange={({ target }) => setUnits(target.value)}
      />
      {note.error ? <ProblemNote error={note.error} /> : null}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" busy={note.isPending} disabled={units === ""}>
          {t("till.goods.note")}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t("ui.close")}
        </Button>
      </div>
    </form>
  );
}

/** What was counted, the last on top; a line that moved since is to be counted again. */
function Counted({ lines }: Pick<StockDocumentView, "lines">) {
  return (
    <section className={styles.pane}>
      <h2>{t("till.goods.counted", { count: lines.length })}</h2>
      <ul className={styles.lines}>
        {lines.toReversed().map(({ sku, name, quantity, startedFrom, onHand, booked }) => (
          <li key={sku} data-differs={(!booked && startedFrom !== onHand) || undefined}>
            <span>
              {textOf(name)} <small>{sku}</small>
              {!booked && startedFrom !== onHand ? <small> {t("till.goods.count_again")}</small> : null}
            </span>
            <strong>{formatNumber(quantity)}</strong>
          </li>
        ))}
      </ul>
      {lines.length > 0 ? <p>{t("till.goods.booked_by_manager")}</p> : null}
    </section>
  );
}
