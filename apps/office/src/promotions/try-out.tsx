import { Button, NativeSelect, NumberInput, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { BodyOf, PromotionTermsView, PromotionTrialView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { usePlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { whyText } from "../orders/why.ts";
import { t } from "../t.ts";
import { useChannelOptions } from "./names.ts";
import { OpenCartChoice } from "./open-cart-choice.tsx";
import { goodsQuery } from "./queries.ts";
import { whyNotText } from "./why-not.ts";

type Trial = BodyOf<"promotions.tryOut">;
type Line = { readonly sku: string; readonly quantity: number };

/** Tries a promotion on a cart before it is saved: the one that a customer has open, or one that is put together here. */
export function TryOut({ promotion }: { readonly promotion: { readonly id: string | null; readonly terms: PromotionTermsView } | null }) {
  const [cart, setCart] = useState<Trial["cart"] | null>(null);
  const run = useMutation({ mutationFn: (body: Trial) => api.ask("promotions.tryOut", { body }) });
  return (
    <Part title={t("office.promotions.try")}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (cart && promotion) run.mutate({ cart, promotion });
        }}
      >
        <CartChoice onChange={setCart} />
        <Button type="submit" variant="default" loading={run.isPending} disabled={!cart || !promotion}>
          {t("office.promotions.try_now")}
        </Button>
        <div role="status" className={form.form}>
          {run.error ? <p className={form.error}>{problemText(run.error)}</p> : run.data ? <Outcome trial={run.data} /> : null}
        </div>
      </form>
    </Part>
  );
}

function CartChoice({ onChange }: { readonly onChange: (cart: Trial["cart"] | null) => void }) {
  const [kind, setKind] = useState<"invented" | "open">("invented");
  const choose = (next: "invented" | "open"): void => {
    setKind(next);
    onChange(null);
  };
  return (
    <>
      <NativeSelect
        label={t("office.promotions.try_on")}
        value={kind}
        data={(["invented", "open"] as const).map((one) => ({ value: one, label: t(`office.promotions.try.${one}`) }))}
        onChange={({ currentTarget }) => choose(currentTarget.value === "open" ? "open" : "invented")}
      />
      {kind === "open" ? (
        <OpenCartChoice onChoose={(cartId) => onChange(cartId === null ? null : { kind: "open", cartId })} />
      ) : (
        <InventedCart onChange={onChange} />
      )}
    </>
  );
}

function InventedCart({ onChange }: { readonly onChange: (cart: Trial["cart"] | null) => void }) {
  const places = usePlaceOptions();
  const channels = useChannelOptions();
  const [placeId, setPlaceId] = useState("");
  const [channelId, setChannelId] = useState("");
  const [lines, setLines] = useState<readonly Line[]>([]);
  const tell = (given: { placeId?: string; channelId?: string; lines?: readonly Line[] }): void => {
    const next = { placeId, channelId, lines, ...given };
    const channel = next.channelId || channels[0]?.value;
    onChange(
      channel && next.lines.length > 0
        ? { kind: "invented", channelId: channel, placeId: next.placeId || null, lines: [...next.lines] }
        : null,
    );
  };
  const keep = (next: readonly Line[]): void => {
    setLines(next);
    tell({ lines: next });
  };
  return (
    <>
      <div className={form.row}>
        <NativeSelect
          label={t("office.orders.place")}
          value={placeId}
          data={[{ value: "", label: t("office.catalog.choose_place") }, ...places]}
          onChange={({ currentTarget }) => {
            setPlaceId(currentTarget.value);
            tell({ placeId: currentTarget.value });
          }}
        />
        <NativeSelect
          label={t("office.promotions.channel")}
          value={channelId}
          data={channels}
          onChange={({ currentTarget }) => {
            setChannelId(currentTarget.value);
            tell({ channelId: currentTarget.value });
          }}
        />
      </div>
      <Lines lines={lines} onChange={keep} />
    </>
  );
}

function Lines({ lines, onChange }: { readonly lines: readonly Line[]; readonly onChange: (lines: readonly Line[]) => void }) {
  const goods = useQuery(goodsQuery).data ?? [];
  const options = goods.flatMap(({ name, variants }) =>
    variants.map((variant) => ({ value: variant.sku, label: `${inLanguage(variant.name) || inLanguage(name)} · ${variant.sku}` })),
  );
  const open = options.filter(({ value }) => !lines.some(({ sku }) => sku === value));
  return (
    <>
      <ul className={form.rows}>
        {lines.map(({ sku, quantity }) => (
          <li key={sku}>
            <span className={form.grow}>{options.find(({ value }) => value === sku)?.label ?? sku}</span>
            <NumberInput
              w="5rem"
              min={0}
              max={999}
              allowDecimal={false}
              aria-label={t("office.promotions.quantity")}
              value={quantity}
              onChange={(next) =>
                onChange(lines.flatMap((line) => (line.sku !== sku ? [line] : Number(next) > 0 ? [{ sku, quantity: Number(next) }] : [])))
              }
            />
          </li>
        ))}
      </ul>
      <Select
        searchable
        label={t("office.promotions.add_line")}
        data={open}
        value={null}
        onChange={(sku) => sku && onChange([...lines, { sku, quantity: 1 }])}
      />
    </>
  );
}

function Outcome({ trial }: { readonly trial: PromotionTrialView }) {
  return (
    <>
      <p>
        {t("office.promotions.before")} <MoneyText money={trial.before} /> · {t("office.promotions.after")}{" "}
        <strong>
          <MoneyText money={trial.after} />
        </strong>
      </p>
      <ul className={form.rows}>
        {trial.lines.map((line) => (
          <li key={line.lineId} className={form.stacked}>
            <span>
              {line.quantity} × {inLanguage(line.name)}: <MoneyText money={line.before} /> → <MoneyText money={line.after} />
            </span>
            <small>{line.because.map((reason) => whyText(reason, trial.currency)).join(" · ")}</small>
          </li>
        ))}
      </ul>
      <ul className={form.rows}>
        {trial.promotions.map(({ promotionId, name, isTried, amount, because }) => (
          <li key={promotionId}>
            <span className={form.grow}>
              {inLanguage(name)} {isTried ? <Badge tone="plain">{t("office.promotions.this_one")}</Badge> : null}
            </span>
            {because ? <small>{whyNotText(because)}</small> : <MoneyText money={{ ...amount, amount: -amount.amount }} />}
          </li>
        ))}
      </ul>
    </>
  );
}
