import { Button, TextInput } from "@mantine/core";
import type { CartView, OfferView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { cartQuery } from "../customer/queries.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { dayAfter, endOfDay } from "./days.ts";
import { OfferState } from "./state-badge.tsx";

type Props = { readonly offer: OfferView; readonly cart: CartView };

/** The offer that stands, or that became the order: its link, its end, and what can be done about it. */
export function StandingOffer({ offer, cart }: Props) {
  const may = useMay();
  const touches = [cartQuery(cart.id).queryKey, ["offers"]];
  const revoke = useAct(() => api.ask("offers.revoke", { params: { id: offer.id } }), touches);
  const isOpen = offer.state === "open";
  const isExpired = offer.state === "expired";
  return (
    <>
      <Facts>
        <Fact label={t("office.offer.number")}>{offer.number}</Fact>
        <Fact label={t("office.orders.state")}>
          <OfferState state={offer.state} />
        </Fact>
        <Fact label={t("office.offer.total")}>{formatMoney(offer.total)}</Fact>
        <Fact label={t("office.offer.valid_until")}>{formatDateTime(offer.validUntil)}</Fact>
        <Fact label={t("office.offer.made_by")}>{offer.staffName}</Fact>
        <Fact label={t("office.offer.terms")}>
          {[
            t(offer.mayChange ? "office.offer.terms.may_change" : "office.offer.terms.fixed"),
            t(offer.holdsStock ? "office.offer.terms.held" : "office.offer.terms.not_held"),
          ].join(" · ")}
        </Fact>
        <Fact label={t("office.offer.note")}>{offer.note}</Fact>
      </Facts>
      {offer.orderId === null ? null : (
        <p>
          <PageLink to="/orders" search={{ open: offer.orderId }}>
            {t("office.offer.to_order")}
          </PageLink>
        </p>
      )}
      {offer.url !== null && isOpen ? <HandOut offer={offer} url={offer.url} /> : null}
      {isExpired && may("offers.renew") ? <Renew offer={offer} touches={touches} /> : null}
      {(isOpen || isExpired) && may("offers.revoke") ? (
        <Button
          variant="default"
          loading={revoke.isPending}
          onClick={() => revoke.act(undefined, () => showToast(t("office.offer.revoked", { number: offer.number })))}
        >
          {t("office.offer.revoke")}
        </Button>
      ) : null}
    </>
  );
}

/** The link itself: to be copied, or sent. */
function HandOut({ offer, url }: { readonly offer: OfferView; readonly url: string }) {
  const may = useMay();
  const whole = new URL(url, window.location.origin).href;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(whole);
    showToast(t("office.offer.copied"));
  };
  return (
    <div className={form.form}>
      <div className={form.row}>
        <TextInput readOnly label={t("office.offer.link")} value={whole} onFocus={({ currentTarget }) => currentTarget.select()} />
        <Button size="xs" variant="default" onClick={() => void copy()}>
          {t("office.offer.copy")}
        </Button>
      </div>
      {may("offers.send") ? <SendMail offer={offer} /> : null}
      {offer.kind === "quote" ? (
        <p>
          <a href={`/v1/offer-links/${whole.split("/").at(-1)}/quote.pdf`} download>
            {t("office.offer.pdf")}
          </a>
        </p>
      ) : null}
    </div>
  );
}

function SendMail({ offer }: { readonly offer: OfferView }) {
  const [email, setEmail] = useState("");
  const [key, setKey] = useState(newKey);
  const send = useAct(
    () =>
      api.ask("offers.send", {
        params: { id: offer.id },
        body: { email: email.trim() === "" ? null : email.trim() },
        headers: keyHeader(key),
      }),
    [],
  );
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        send.act(undefined, () => {
          showToast(t("office.offer.sent"));
          setKey(newKey());
        });
      }}
    >
      <TextInput
        type="email"
        label={t("office.offer.email")}
        placeholder={offer.customer ? t("office.offer.email_own") : ""}
        required={offer.customer === null}
        value={email}
        maxLength={254}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={send.isPending}>
        {t("office.offer.send")}
      </Button>
    </form>
  );
}

const USUAL_DAYS = 14;

/** The same link again, at today's prices, until another day. */
function Renew({ offer, touches }: { readonly offer: OfferView; readonly touches: readonly (readonly string[])[] }) {
  const [today] = useState(() => new Date());
  const [day, setDay] = useState(() => dayAfter(today, USUAL_DAYS));
  const renew = useAct(() => api.ask("offers.renew", { params: { id: offer.id }, body: { validUntil: endOfDay(day) } }), touches);
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        renew.act(undefined, ({ total }) => showToast(t("office.offer.renewed", { amount: formatMoney(total) })));
      }}
    >
      <TextInput
        type="date"
        label={t("office.offer.last_day")}
        value={day}
        min={dayAfter(today, 0)}
        required
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={renew.isPending}>
        {t("office.offer.renew")}
      </Button>
    </form>
  );
}
