import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type CartView, type OfferView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { cartQuery } from "../customer/queries.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { dayAfter, endOfDay } from "./days.ts";
import { offersOfCartQuery } from "./queries.ts";
import { StandingOffer } from "./standing.tsx";
import { OfferState } from "./state-badge.tsx";

/** What is offered from a desk; a proposal is made where its customer stands. */
const AT_A_DESK = ["link", "quote"] as const;

/** How the cart gets to its customer: the offer that stands, or a new one; and what was offered before. */
export function OfferPart({ cart }: { readonly cart: CartView }) {
  const may = useMay();
  const offers = useQuery(offersOfCartQuery(cart.id)).data ?? [];
  const [newest, ...before] = offers;
  const standing = newest && cart.offer?.id === newest.id ? newest : undefined;
  const isOver = cart.state === "completed" || cart.state === "abandoned";
  const shown = standing ?? (isOver ? newest : undefined);
  return (
    <Section title={t("office.offer.offer")}>
      {shown ? <StandingOffer offer={shown} cart={cart} /> : null}
      {!standing && !isOver && may("offers.make") ? <MakeOffer cart={cart} /> : null}
      <Earlier offers={shown ? before : offers} />
    </Section>
  );
}

const USUAL_DAYS = { link: 3, quote: 14 } as const;

/** What is said with an offer. */
type Draft = {
  readonly kind: (typeof AT_A_DESK)[number];
  /** A calendar day, the last one; null: as usual for its kind. */
  readonly day: string | null;
  readonly mayChange: boolean;
  readonly holdsStock: boolean;
  readonly note: string;
};

function MakeOffer({ cart }: { readonly cart: CartView }) {
  const [key, setKey] = useState(newKey);
  const [today] = useState(() => new Date());
  const [draft, setDraft] = useState<Draft>({ kind: "link", day: null, mayChange: false, holdsStock: false, note: "" });
  const change = (part: Partial<Draft>): void => setDraft((held) => ({ ...held, ...part }));
  const day = draft.day ?? dayAfter(today, USUAL_DAYS[draft.kind]);
  const make = useAct(
    ({ kind, mayChange, holdsStock, note }: Draft) =>
      api.ask("offers.make", {
        params: { id: cart.id },
        body: { kind, mayChange, holdsStock, validUntil: endOfDay(day), note: note.trim() === "" ? null : note.trim() },
        headers: keyHeader(key),
      }),
    [cartQuery(cart.id).queryKey, ["offers"]],
  );
  if (cart.lines.length === 0) return <p className={form.quiet}>{t("office.offer.add_first")}</p>;
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(draft, { onSettled: () => setKey(newKey()) });
      }}
    >
      <div className={form.row}>
        <NativeSelect
          label={t("office.offer.kind")}
          value={draft.kind}
          data={AT_A_DESK.map((value) => ({ value, label: t(`office.offer.kind.${value}`) }))}
          onChange={({ currentTarget }) => change({ kind: currentTarget.value === "quote" ? "quote" : "link" })}
        />
        <TextInput
          type="date"
          label={t("office.offer.last_day")}
          value={day}
          min={dayAfter(today, 0)}
          required
          onChange={({ currentTarget }) => change({ day: currentTarget.value })}
        />
      </div>
      <Checkbox
        label={t("office.offer.may_change")}
        checked={draft.mayChange}
        onChange={({ currentTarget }) => change({ mayChange: currentTarget.checked })}
      />
      <Checkbox
        label={t("office.offer.hold_stock")}
        checked={draft.holdsStock}
        onChange={({ currentTarget }) => change({ holdsStock: currentTarget.checked })}
      />
      <Textarea
        label={t("office.offer.note")}
        autosize
        minRows={2}
        maxLength={500}
        value={draft.note}
        onChange={({ currentTarget }) => change({ note: currentTarget.value })}
      />
      <Button type="submit" loading={make.isPending}>
        {t(`office.offer.make.${draft.kind}`, { amount: formatMoney(cart.totals.total) })}
      </Button>
    </form>
  );
}

function Earlier({ offers }: { readonly offers: readonly OfferView[] }) {
  if (offers.length === 0) return null;
  return (
    <>
      <h3>{t("office.offer.earlier")}</h3>
      <ul className={form.rows}>
        {offers.map((offer) => (
          <li key={offer.id}>
            <span className={form.grow}>
              {offer.number} · {formatMoney(offer.total)} <small>{formatDateTime(offer.offeredAt)}</small>
              {offer.reason === null ? null : <small> · {t("office.offer.reason", { reason: offer.reason })}</small>}
            </span>
            <OfferState state={offer.state} />
          </li>
        ))}
      </ul>
    </>
  );
}
