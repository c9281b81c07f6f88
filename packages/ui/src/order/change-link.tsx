import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { BodyOf, ChangeLinkView, OrderView } from "@weft/contracts/client";
import { useState } from "react";
import { keyHeader, newKey, type Api } from "../api/api.ts";
import { formatDateTime, formatMoney } from "../i18n/format.ts";
import { QrCode } from "../kit/qr-code.tsx";
import { Button } from "../shop/button.tsx";
import { ProblemNote } from "../shop/problem-note.tsx";
import { SelectField } from "../shop/select-field.tsx";
import { showToast } from "../shop/toast.tsx";
import { t } from "../t.ts";
import styles from "./change-order.module.css";

type Asked = { readonly api: Api; readonly order: OrderView };

/** For how long a link may stand; the second is meant until another one is chosen. */
export const LINK_HOURS = [2, 24, 72, 168] as const;
export type LinkHour = (typeof LINK_HOURS)[number];

const HOUR_MS = 3_600_000;

type Offered = Omit<BodyOf<"orders.offerChange">, "validUntil"> & { readonly hours: LinkHour };

/** Offers a change to its buyer by a link; pressed again after a lost answer it is the same link. */
export function useOfferChange({ api, order, onOffered }: Asked & { readonly onOffered: () => void }) {
  const [key] = useState(newKey);
  return useMutation({
    mutationFn: ({ hours, ...body }: Offered) =>
      api.ask("orders.offerChange", {
        params: { id: order.id },
        body: { ...body, validUntil: new Date(Date.now() + hours * HOUR_MS).toISOString() },
        headers: keyHeader(key),
      }),
    onSuccess: async () => {
      onOffered();
      await api.queries.invalidateQueries({ queryKey: ["order", order.id] });
    },
  });
}

export function LinkHours({ hours, onChoose }: { readonly hours: LinkHour; readonly onChoose: (hours: LinkHour) => void }) {
  const choose = (value: string): void => {
    const chosen = LINK_HOURS.find((each) => String(each) === value);
    if (chosen) onChoose(chosen);
  };
  return (
    <SelectField label={t("ui.change.link.hours")} value={String(hours)} onChoose={choose}>
      {LINK_HOURS.map((each) => (
        <option key={each} value={String(each)}>
          {t(`ui.change.link.hours.${each}`)}
        </option>
      ))}
    </SelectField>
  );
}

const linksQuery = ({ api, order }: Asked) =>
  queryOptions({
    queryKey: ["order", order.id, "links", order.version],
    queryFn: ({ signal }) => api.ask("orders.changeLinks", { params: { id: order.id }, signal }),
  });

/** A change that waits for its buyer to pay it: the link to show or to pass on. Of one that ended otherwise than paid it says so. */
export function StandingLink(asked: Asked) {
  const [newest] = useQuery(linksQuery(asked)).data?.items ?? [];
  if (newest?.state === "open" && newest.url !== null) return <OpenLink {...asked} link={newest} url={newest.url} />;
  if (!newest || newest.state === "paid" || newest.state === "open") return null;
  return <p className={styles.quiet}>{t(`ui.change.link.ended.${newest.state}`, { amount: formatMoney(newest.difference) })}</p>;
}

function OpenLink({ api, order, link, url }: Asked & { readonly link: ChangeLinkView; readonly url: string }) {
  const whole = new URL(url, window.location.origin).href;
  const revoke = useMutation({
    mutationFn: () => api.ask("orders.revokeChangeLink", { params: { id: order.id, linkId: link.id } }),
    onSettled: () => api.queries.invalidateQueries({ queryKey: ["order", order.id] }),
  });
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(whole).catch(() => undefined); // the code beside the button says it all the same
    showToast(t("ui.change.link.copied"));
  };
  return (
    <section className={styles.link} aria-label={t("ui.change.pay.link")}>
      <QrCode text={whole} label={t("ui.change.link.qr")} size={144} />
      <div>
        <p>
          {t("ui.change.link.waits", {
            amount: formatMoney(link.difference),
            until: formatDateTime(link.validUntil, { timeZone: order.timeZone }),
          })}
        </p>
        <p className={styles.quiet}>{t("ui.change.link.sent")}</p>
        <div className={styles.linkActions}>
          <Button onClick={() => void copy()}>{t("ui.change.link.copy")}</Button>
          <Button kind="quiet" busy={revoke.isPending} onClick={() => revoke.mutate()}>
            {t("ui.change.link.revoke")}
          </Button>
        </div>
        {revoke.error ? <ProblemNote error={revoke.error} /> : null}
      </div>
    </section>
  );
}
