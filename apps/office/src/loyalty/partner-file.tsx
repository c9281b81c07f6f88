import { Button, FileButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { LoyaltyPartnerView, PartnerOutcomesView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { PARTNERS_KEY } from "./program-query.ts";
import { readPurchases, type PurchaseLine } from "./read-purchases.ts";

/** So many purchases are one request. */
const AT_ONCE = 200;
/** More would fill the page; the file itself has them all. */
const MOST_SHOWN = 20;
type Outcome = PartnerOutcomesView["items"][number];

/** The purchases of a partner that sends a file: what cannot be taken is named, and the same file again gives nothing twice. */
export function PartnerFile({ partner }: { readonly partner: LoyaltyPartnerView }) {
  const queries = useQueryClient();
  const [lines, setLines] = useState<readonly PurchaseLine[] | null>(null);
  const send = useMutation({
    mutationFn: (read: readonly PurchaseLine[]) => sendAll(partner.id, read),
    onSettled: () => queries.invalidateQueries({ queryKey: PARTNERS_KEY }),
  });
  const take = async (file: File | null): Promise<void> => {
    if (!file) return;
    send.reset();
    setLines(readPurchases(await file.text(), partner.due.currency));
  };
  const unreadable = lines?.filter(({ purchase }) => purchase === null) ?? [];
  const readable = (lines?.length ?? 0) - unreadable.length;
  return (
    <div className={form.form}>
      <p className={form.quiet}>{t("office.partners.file_text")}</p>
      <p>
        <code>A-4711;2912345678901234;12,50</code>
      </p>
      <div className={form.row}>
        <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default">
              {t("office.partners.file_choose")}
            </Button>
          )}
        </FileButton>
        {lines && readable > 0 && !send.data ? (
          <Button loading={send.isPending} onClick={() => send.mutate(lines)}>
            {t("office.partners.file_do")}
          </Button>
        ) : null}
      </div>
      {lines ? <p role="status">{t("office.partners.file_found", { count: readable, other: formatNumber(unreadable.length) })}</p> : null}
      {send.error ? (
        <p role="alert" className={form.error}>
          {problemText(send.error)}
        </p>
      ) : null}
      {send.data ? <Outcomes outcomes={send.data} /> : null}
      <ul className={form.rows}>
        {unreadable.slice(0, MOST_SHOWN).map(({ line, text }) => (
          <li key={line}>
            <span className={form.grow}>{t("office.partners.file_line", { line: formatNumber(line), text })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

async function sendAll(id: string, lines: readonly PurchaseLine[]): Promise<Outcome[]> {
  const purchases = lines.flatMap(({ purchase }) => purchase ?? []);
  const outcomes: Outcome[] = [];
  for (let from = 0; from < purchases.length; from += AT_ONCE) {
    const items = purchases.slice(from, from + AT_ONCE);
    outcomes.push(...(await api.ask("loyalty.importPartnerPurchases", { params: { id }, body: { items } })).items);
  }
  return outcomes;
}

function Outcomes({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  const count = (of: Outcome["outcome"]): number => outcomes.filter(({ outcome }) => outcome === of).length;
  const points = outcomes.reduce((all, one) => (one.outcome === "earned" ? all + one.points : all), 0);
  return (
    <>
      <p role="status">
        {t("office.partners.file_done", {
          earned: formatNumber(count("earned")),
          points: formatNumber(points),
          known: formatNumber(count("known")),
          refused: formatNumber(count("refused")),
        })}
      </p>
      <ul className={form.rows}>
        {outcomes
          .filter(({ because }) => because !== null)
          .slice(0, MOST_SHOWN)
          .map(({ reference, because }) => (
            <li key={reference}>
              <span className={form.grow}>{reference}</span>
              <small>{t(because === "differs" ? "office.partners.differs" : "office.partners.card_unknown")}</small>
            </li>
          ))}
      </ul>
    </>
  );
}
