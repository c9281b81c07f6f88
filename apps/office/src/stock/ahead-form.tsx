import { Button, NumberInput, Select, SegmentedControl, TextInput } from "@mantine/core";
import type { StockLevelView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";

type Kind = NonNullable<StockLevelView["ahead"]>["kind"];
type Terms = { readonly kind: Kind; readonly most: number; readonly comesOn: string | null; readonly inDays: number | null };

const DEFAULT_DAYS = 7;

/** On which terms a variant is sold at a place before it is there: how many, and until when they come. */
export function AheadForm({ level }: { readonly level: StockLevelView }) {
  const { placeId, sku, ahead } = level;
  const [kind, setKind] = useState<Kind>(ahead?.kind ?? "backorder");
  const [most, setMost] = useState<number | "">(ahead?.most ?? 0);
  const [isByDay, setIsByDay] = useState(ahead ? ahead.comesOn !== null : true);
  const [day, setDay] = useState(ahead?.comesOn ?? "");
  const [days, setDays] = useState<number | "">(ahead?.inDays ?? DEFAULT_DAYS);
  const save = useAct((terms: Terms) => api.ask("stock.setAhead", { body: { placeId, sku, ...terms } }), [["stock"], ["day"]]);
  const byDay = isByDay || kind === "preorder";
  const isWhole = most !== "" && (byDay ? day !== "" : days !== "");
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (most === "" || !isWhole) return;
        const terms = { kind, most, comesOn: byDay ? day : null, inDays: byDay || days === "" ? null : days };
        save.act(terms, () => showToast(t("office.saved")));
      }}
    >
      <Select
        label={t("office.stock.ahead.kind")}
        allowDeselect={false}
        data={(["backorder", "preorder"] as const).map((value) => ({ value, label: t(`office.stock.ahead.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(value === "preorder" ? "preorder" : "backorder")}
      />
      <NumberInput
        label={t("office.stock.ahead.most")}
        description={t("office.stock.ahead.most_hint")}
        allowDecimal={false}
        min={0}
        max={100_000}
        value={most}
        onChange={(value) => setMost(typeof value === "number" ? value : "")}
      />
      {kind === "preorder" ? null : (
        <SegmentedControl
          aria-label={t("office.stock.ahead.when")}
          data={[
            { value: "day", label: t("office.stock.ahead.on_day") },
            { value: "days", label: t("office.stock.ahead.in_days") },
          ]}
          value={isByDay ? "day" : "days"}
          onChange={(value) => setIsByDay(value === "day")}
        />
      )}
      {byDay ? (
        <TextInput
          type="date"
          label={t("office.stock.ahead.day")}
          {...(ahead && ahead.waiting > 0 && { description: t("office.stock.ahead.moves") })}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
      ) : (
        <NumberInput
          label={t("office.stock.ahead.days")}
          allowDecimal={false}
          min={1}
          max={365}
          value={days}
          onChange={(value) => setDays(typeof value === "number" ? value : "")}
        />
      )}
      {ahead ? <p className={form.quiet}>{t("office.stock.ahead.waiting", { count: ahead.waiting })}</p> : null}
      <Button type="submit" variant="default" disabled={!isWhole} loading={save.isPending}>
        {t("office.save")}
      </Button>
    </form>
  );
}
