import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ConsentEntryView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { LOCALE_NAMES } from "@weft/ui/i18n/locales.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import form from "../common/form.module.css";
import { pagedQuery } from "../common/paged.ts";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";

const ROWS = 20;

const historyQuery = (id: string) =>
  pagedQuery(["customer", id, "terms", "history"], (page, signal) =>
    api.ask("consent.history", { params: { id }, query: { ...page, limit: ROWS }, signal }),
  );

/** Every yes and no of a customer, the newest first: where it was said, in which words, and how it is proved. */
export function ConsentHistory({ customerId }: { readonly customerId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className={form.row}>
        <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t("office.consent.history")}
        </Button>
      </div>
      {isOpen ? <Entries customerId={customerId} /> : null}
    </>
  );
}

function Entries({ customerId }: { readonly customerId: string }) {
  const history = useInfiniteQuery(historyQuery(customerId));
  if (history.isPending) return <Skeleton height="6rem" />;
  if (history.isError) return <ProblemNote error={history.error} onRetry={history.refetch} />;
  const entries = history.data.pages.flatMap(({ items }) => items);
  return (
    <>
      {entries.length === 0 ? <p className={form.quiet}>{t("office.consent.no_history")}</p> : null}
      <ul className={form.rows} aria-label={t("office.consent.history")}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {history.hasNextPage ? (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t("office.list.more")}
        </Button>
      ) : null}
    </>
  );
}

const TONES = { granted: "good", pending: "warn", withdrawn: "bad" } as const;

function Entry({ entry }: { readonly entry: ConsentEntryView }) {
  const { at, purpose, topic, channelKind, state, source, wordingVersion, language, proof } = entry;
  const isUse = purpose !== "marketing" && purpose !== "research";
  const whole = isUse ? t(`office.privacy.purpose.${purpose}`) : wordOf(`office.consent.purpose.${purpose}`, purpose);
  const about = topic === null ? whole : t(`office.consent.topic.${topic}`);
  const how = proof && [wordOf(`office.consent.how.${proof.how}`, proof.how), proof.note].filter(Boolean).join(": ");
  return (
    <li>
      <span className={form.grow}>
        {about}
        {isUse ? null : ` · ${channelKind === null ? t("office.consent.every_way") : t(`office.consent.kind.${channelKind}`)}`}
        <br />
        <small>
          {[
            formatDateTime(at),
            t(`office.consent.source.${source}`),
            t("office.consent.wording", { version: wordingVersion, language: LOCALE_NAMES[language] }),
            how,
          ]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </span>
      <Badge tone={TONES[state]}>{t(`office.consent.state.${state}`)}</Badge>
    </li>
  );
}
