import { useQuery } from "@tanstack/react-query";
import type { QuarantinedItemView } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";

/** What can be said of an act that the hub could not book. Anything may be missing: it is here because something was wrong with it. */
type Act = {
  readonly kind?: unknown;
  readonly at?: unknown;
  readonly registerId?: unknown;
  readonly body?: {
    readonly total?: { readonly amount?: unknown; readonly currency?: unknown };
  } | null;
};

/** An act of a till in words: at which till, what it did, when and for how much; and what can be done about it. */
export function TillAct({ item }: { readonly item: QuarantinedItemView }) {
  const { kind, at, registerId, total } = read(item.raw);
  const registers = useQuery({
    queryKey: ["registers"],
    queryFn: ({ signal }) => api.ask("till.registers", { query: {}, signal }),
  }).data?.items;
  const register = registers?.find(({ id }) => id === registerId);
  return (
    <>
      <Facts>
        <Fact label={t("office.quarantine.till")}>{register?.name ?? null}</Fact>
        <Fact label={t("office.quarantine.act")}>{kind === null ? null : wordOf(`office.quarantine.act.${kind}`, kind)}</Fact>
        <Fact label={t("office.quarantine.happened")}>{at === null ? null : formatDateTime(at)}</Fact>
        <Fact label={t("office.quarantine.total")}>{total}</Fact>
      </Facts>
      {item.state === "waiting" ? <p className={form.quiet}>{t("office.quarantine.till_text")}</p> : null}
    </>
  );
}

function read(raw: string): { kind: string | null; at: string | null; registerId: string | null; total: string | null } {
  const { kind, at, registerId, body } = parsed(raw);
  const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
  const when = text(at);
  const { amount, currency } = body?.total ?? {};
  return {
    kind: text(kind),
    at: when !== null && !Number.isNaN(Date.parse(when)) ? when : null,
    registerId: text(registerId),
    total:
      typeof amount === "number" && typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? formatMoney({ amount, currency }) : null,
  };
}

function parsed(raw: string): Act {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
