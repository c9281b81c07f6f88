import type { TaskView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { PageLink } from "../common/page-link.tsx";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";

/** Leads to where the cause can be mended. */
export function Cause({ task: { kind, placeId, reference } }: { readonly task: TaskView }) {
  if (kind === "stock_conflict")
    return (
      <PageLink to="/conflicts" search={{ open: reference.id }}>
        {t("office.task.missing", { count: reference.missing ?? 0 })}
      </PageLink>
    );
  if (kind === "terms_contested" || kind === "access_objected")
    return (
      <PageLink to="/customers/$id" params={{ id: reference.id }}>
        {t("office.task.customer")}
      </PageLink>
    );
  if (kind === "points_suspected")
    return (
      <PageLink to="/customers/$id" params={{ id: reference.id }}>
        {wordOf(`office.task.points.${reference.number ?? ""}`, reference.number ?? "")} ({reference.missing ?? 0})
      </PageLink>
    );
  if (kind === "privacy_request")
    return (
      <PageLink to="/privacy" search={{ part: "requests", open: reference.id }}>
        {t("office.privacy.request")}
      </PageLink>
    );
  if (kind === "quarantine")
    return (
      <PageLink to="/quarantine" search={{ kind: reference.id }}>
        {reference.id}
      </PageLink>
    );
  if (kind === "goods_asked")
    return (
      <PageLink to="/goods" search={{ asked: "yes" }}>
        {t("office.task.asked", { count: reference.missing ?? 0 })}
      </PageLink>
    );
  if (kind === "transfer_late")
    return (
      <PageLink to="/goods" search={{ document: reference.id }}>
        {t("office.task.transfer", { number: reference.number ?? "" })}
      </PageLink>
    );
  if (kind === "recall_standing")
    return (
      <PageLink to="/recalls" search={{ open: reference.id }}>
        {t("office.recall.title")}
      </PageLink>
    );
  if (kind === "cash_difference")
    return (
      <PageLink to="/tills" search={placeId === null ? {} : { place: placeId }}>
        {reference.amount === null ? t("office.nav.tills") : t("office.today.till.difference", { amount: formatMoney(reference.amount) })}
      </PageLink>
    );
  if (kind === "returned_twice")
    return (
      <PageLink to="/orders" search={{ open: reference.id }}>
        {reference.amount === null ? reference.id : formatMoney(reference.amount)}
      </PageLink>
    );
  if (kind === "act_uncovered")
    return (
      <PageLink to="/orders" search={{ open: reference.id }}>
        {wordOf(`office.task.uncovered.${reference.number ?? ""}`, reference.number ?? "")}{" "}
        {reference.amount === null ? null : formatMoney(reference.amount)}
      </PageLink>
    );
  if (kind === "card_overspent")
    return (
      <PageLink to="/gift-cards" search={{ open: reference.id }}>
        ••{reference.number} {reference.amount === null ? null : formatMoney(reference.amount)}
      </PageLink>
    );
  if (kind === "journal_defect") return <PageLink to="/journal">{t("office.task.journal_defect")}</PageLink>;
  if (kind === "device_trouble")
    return <PageLink to="/devices">{wordOf(`office.devices.part.${reference.number ?? ""}`, reference.number ?? "")}</PageLink>;
  if (kind === "shown_wrong")
    return (
      <PageLink to="/same-everywhere" search={{ verdict: "wrong" }}>
        {t("office.task.shown_wrong", { count: reference.missing ?? 0 })}
      </PageLink>
    );
  if (kind === "parcel_late")
    return (
      <PageLink to="/shipping" search={{ query: reference.number ?? undefined }}>
        {reference.number ?? reference.id}
      </PageLink>
    );
  if (kind === "refund_unknown") return <PageLink to="/refunds">{reference.number ?? reference.id}</PageLink>;
  if (kind === "dead_letter") return <PageLink to="/failed-events">{reference.id}</PageLink>;
  return (
    <PageLink to="/orders" search={{ open: reference.id }}>
      {reference.number ?? reference.id}
    </PageLink>
  );
}
