import { Button, NumberInput } from "@mantine/core";
import type { StockLevelView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";

/** How many units of a level are never promised to anybody. */
export function SafetyForm({ level }: { readonly level: StockLevelView }) {
  const { placeId, sku } = level;
  const [safety, setSafety] = useState<number | "">(level.safety);
  const save = useAct((units: number) => api.ask("stock.setSafety", { body: { placeId, sku, safety: units } }), [["stock"]]);
  const change = (units: number): void => {
    save.act(units, () => showToast(t("office.saved"), () => save.mutate(level.safety)));
  };
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (safety !== "") change(safety);
      }}
    >
      <NumberInput
        aria-label={t("office.stock.safety")}
        allowDecimal={false}
        min={0}
        max={100_000}
        value={safety}
        onChange={(value) => setSafety(typeof value === "number" ? value : "")}
      />
      <Button type="submit" variant="default" disabled={safety === "" || safety === level.safety} loading={save.isPending}>
        {t("office.save")}
      </Button>
    </form>
  );
}
