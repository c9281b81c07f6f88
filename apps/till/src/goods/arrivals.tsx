import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { StockDocumentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { Asked } from "./asked.tsx";
import { documentQuery, useOpenDocuments } from "./queries.ts";
import styles from "./goods.module.css";

/** What is on its way here; received with what is missing or too much. */
export function Arrivals() {
  const { register } = useTill();
  const open = useOpenDocuments(register.placeId, "transfer");
  const [id, setId] = useState<string | undefined>(undefined);
  if (open.isPending) return <ScreenSkeleton />;
  if (open.isError) return <ProblemNote error={open.error} onRetry={open.refetch} />;
  // What this store has sent itself is received where it goes.
  const arriving = open.data.items.filter(({ placeId }) => placeId === register.placeId);
  return (
    <>
      <Asked />
      {arriving.length === 0 ? <EmptyState title={t("till.goods.nothing_arrives")} /> : null}
      <ul className={styles.cards}>
        {arriving.map(({ id: documentId, number, fromPlaceName, units, note, createdAt }) => (
          <li key={documentId} className={styles.card}>
            <header>
              <strong>{t("till.goods.transfer", { number })}</strong>
              <span>{t("till.goods.from", { place: fromPlaceName ?? "" })}</span>
            </header>
            <p>
              {t("till.goods.units", { count: units })} · <TimeAgo at={createdAt} />
            </p>
            {note === null ? null : <p>{note}</p>}
            <Button kind="primary" onClick={() => setId(documentId)}>
              {t("till.goods.receive")}
            </Button>
          </li>
        ))}
      </ul>
      <Sheet open={id !== undefined} onClose={() => setId(undefined)} title={t("till.goods.receive")}>
        {id === undefined ? null : <Arrival key={id} id={id} onDone={() => setId(undefined)} />}
      </Sheet>
    </>
  );
}

function Arrival({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { register } = useTill();
  const document = useQuery(documentQuery(register.placeId, id));
  if (document.isPending) return <ScreenSkeleton />;
  if (document.isError) return <ProblemNote error={document.error} onRetry={document.refetch} />;
  return <ArrivalLines document={document.data} onDone={onDone} />;
}

function ArrivalLines({ document: { id, number, lines }, onDone }: { readonly document: StockDocumentView; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [arrived, setArrived] = useState<Readonly<Record<string, number>>>({});
  const [key] = useState(newKey);
  const receive = useMutation({
    mutationFn: () => {
      const body = { lines: Object.entries(arrived).map(([sku, quantity]) => ({ sku, quantity })) };
      return api.ask("stock.receiveTransfer", { params: { id }, body, headers: keyHeader(key) });
    },
    onSuccess: () => {
      showToast(t("till.goods.received", { number }));
      onDone();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["goods"] }),
  });
  return (
    <div className={styles.sheet}>
      <p>{t("till.goods.receive_hint")}</p>
      <ul className={styles.lines}>
        {lines.map(({ sku, name, quantity }) => {
          const units = arrived[sku] ?? quantity;
          return (
            <li key={sku} data-differs={units !== quantity || undefined}>
              <span>
                {textOf(name)} <small>{t("till.goods.sent", { units: formatNumber(quantity) })}</small>
              </span>
              <Stepper
                what={textOf(name)}
                min={0}
                value={units}
                onChange={(value) => setArrived((before) => ({ ...before, [sku]: value }))}
              />
            </li>
          );
        })}
      </ul>
      {receive.error ? <ProblemNote error={receive.error} /> : null}
      <Button kind="primary" wide busy={receive.isPending} onClick={() => receive.mutate()}>
        {t("till.goods.book_arrival")}
      </Button>
    </div>
  );
}
