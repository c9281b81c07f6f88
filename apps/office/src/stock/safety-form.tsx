import { Button, NumberInput } from "@mantine/core";
import type { StockLevelView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";

/** How many units of a level are never promised to anybody, and from how few on it is to be filled up. */
export function SafetyForm({ level }: { readonly level: StockLevelView }) {
  const { placeId, sku } = level;
  const [safety, setSafety] = useState<number | "">(level.safety);
  const [lowAt, setLowAt] = useState<number | "">(level.lowAt ?? "");
  type Limits = { readonly safety: number; readonly lowAt: number | null };
  const save = useAct((limits: Limits) => api.ask("stock.setSafety", { body: { placeId, sku, ...limits } }), [["stock"], ["day"]]);
  const before: Limits = { safety: level.safety, lowAt: level.lowAt };
  const isChanged = safety !== level.safety || (lowAt === "" ? null : lowAt) !== level.lowAt;
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (safety === "") return;
        save.act({ safety, lowAt: lowAt === "" ? null : lowAt }, () => showToast(t("office.saved"), () => save.mutate(before)));
      }}
    >
      <NumberInput
        label={t("office.stock.safety")}
        allowDecimal={false}
        min={0}
        max={100_000}
        value={safety}
        onChange={(value) => setSafety(typeof value === "number" ? value : "")}
      />
      <NumberInput
        label={t("office.stock.low_at")}
        description={t("office.stock.low_at_hint")}
        allowDecimal={false}
        min={0}
        max={100_000}
        value={lowAt}
        onChange={(value) => setLowAt(typeof value === "number" ? value : "")}
      />
      <Button type="submit" variant="default" disabled={safety === "" || !isChanged} loading={save.isPending}>
        {t("office.save")}
      </Button>
    </form>
  );
}
