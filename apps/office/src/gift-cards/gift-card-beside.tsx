import { useQuery } from "@tanstack/react-query";
import type { GiftCardFileView } from "@weft/contracts/client";
import { formatDate, formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { Beside, Part } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { GiftCardActs } from "./acts.tsx";
import { giftCardQuery, lastDay } from "./queries.ts";
import { StateBadge } from "./state-badge.tsx";

/** One gift card: what is on it, what can be done about it, and how it came and went. */
export function GiftCardBeside({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const card = useQuery(giftCardQuery(id));
  return (
    <Beside title={card.data ? t("office.gift_card.one", { last4: card.data.last4 }) : t("office.nav.gift_cards")} onClose={onClose}>
      {card.isPending ? <ScreenSkeleton /> : null}
      {card.isError ? <ProblemNote error={card.error} onRetry={card.refetch} /> : null}
      {card.data ? <GiftCardFile card={card.data} /> : null}
    </Beside>
  );
}

function GiftCardFile({ card }: { readonly card: GiftCardFileView }) {
  const { left, amount, state, blocked, orderId, orderNumber, placeName, issuedAt, expiresAt, replaced } = card;
  return (
    <>
      <Facts>
        <Fact label={t("office.gift_card.left")}>
          <strong>{formatMoney(left)}</strong>
        </Fact>
        <Fact label={t("office.orders.state")}>
          <StateBadge state={state} />
        </Fact>
        <Fact label={t("office.gift_card.blocked_because")}>{blocked?.reason}</Fact>
        <Fact label={t("office.gift_card.amount")}>{formatMoney(amount)}</Fact>
        <Fact label={t("office.gift_card.sold")}>
          {formatDateTime(issuedAt)}
          {placeName === null ? null : ` · ${placeName}`}
        </Fact>
        <Fact label={t("office.gift_card.order")}>
          <PageLink to="/orders" search={{ open: orderId }}>
            {orderNumber}
          </PageLink>
        </Fact>
        <Fact label={t("office.gift_card.until")}>
          {expiresAt === null ? t("office.gift_card.never_ends") : formatDate(lastDay(expiresAt))}
        </Fact>
      </Facts>
      <GiftCardActs card={card} />
      <Part title={t("office.gift_card.history")}>
        <History card={card} />
      </Part>
      {replaced.length > 0 ? (
        <Part title={t("office.gift_card.codes_before")}>
          <ul className={form.rows}>
            {replaced.map(({ at, last4, reason }) => (
              <li key={at}>
                <span className={form.grow}>
                  …{last4} <small>{reason}</small>
                </span>
                <small>{formatDateTime(at)}</small>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
    </>
  );
}

function History({ card: { entries } }: { readonly card: GiftCardFileView }) {
  return (
    <ul className={form.rows}>
      {entries.map(({ id, at, amount, because, orderId, orderNumber }) => (
        <li key={id}>
          <span className={form.grow}>
            {wordOf(`office.value.because.${because.kind}`, because.kind)}{" "}
            {orderId !== null && orderNumber !== null ? (
              <PageLink to="/orders" search={{ open: orderId }}>
                {orderNumber}
              </PageLink>
            ) : null}
            <br />
            <small>{formatDateTime(at)}</small>
          </span>
          <strong>{formatMoney(amount)}</strong>
        </li>
      ))}
    </ul>
  );
}
