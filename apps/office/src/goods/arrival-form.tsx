import { Button, NumberInput } from "@mantine/core";
import type { StockDocumentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { GOODS_TOUCHED } from "./queries.ts";

/** What arrived of a transfer: as it was sent, unless somebody counted otherwise. */
export function ArrivalForm({ document: { id, lines } }: { readonly document: StockDocumentView }) {
  const may = useMay();
  const [arrived, setArrived] = useState<Readonly<Record<string, number>>>({});
  const [key, setKey] = useState(newKey);
  const receive = useAct(() => {
    const body = { lines: Object.entries(arrived).map(([sku, quantity]) => ({ sku, quantity })) };
    return api.ask("stock.receiveTransfer", { params: { id }, body, headers: keyHeader(key) });
  }, GOODS_TOUCHED);
  const mayReceive = may("stock.receiveTransfer");
  return (
    <Part title={t("office.goods.on_the_way")}>
      <ul className={form.rows}>
        {lines.map(({ sku, name, quantity }) => (
          <li key={sku}>
            <span className={form.grow}>
              {inLanguage(name)} <small>{sku}</small>
            </span>
            <span>{formatNumber(quantity)}</span>
            {mayReceive ? (
              <NumberInput
                aria-label={t("office.goods.arrived_of", { sku })}
                w={96}
                min={0}
                max={100_000}
                allowDecimal={false}
                value={arrived[sku] ?? quantity}
                onChange={(value) => setArrived((before) => ({ ...before, [sku]: typeof value === "number" ? value : 0 }))}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {mayReceive ? (
        <Button
          loading={receive.isPending}
          onClick={() =>
            receive.mutate(undefined, { onSuccess: () => showToast(t("office.goods.received")), onSettled: () => setKey(newKey()) })
          }
        >
          {t("office.goods.receive")}
        </Button>
      ) : null}
    </Part>
  );
}
