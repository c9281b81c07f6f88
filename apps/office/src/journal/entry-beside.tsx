import { useQuery } from "@tanstack/react-query";
import type { JournalEntryView } from "@weft/contracts/client";
import { formatBusinessDate, formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { Beside, Part } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { Raw } from "../common/raw.tsx";
import { journalRoute } from "../routes.tsx";
import { t } from "../t.ts";
import { entryWords } from "./entry-words.ts";
import { entryQuery, type EntryKey } from "./queries.ts";

/** One entry whole: what it says, what was signed of it, and where it stands in its chain. */
export function EntryBeside({ entry, onClose }: { readonly entry: EntryKey; readonly onClose: () => void }) {
  const { data, isPending, error, refetch } = useQuery(entryQuery(entry));
  return (
    <Beside title={data?.number ?? `${entry.chain} ${entry.seq}`} onClose={onClose}>
      {isPending ? <ScreenSkeleton /> : null}
      {error ? <ProblemNote error={error} onRetry={refetch} /> : null}
      {data ? <Entry entry={data} /> : null}
    </Beside>
  );
}

function Entry({ entry }: { readonly entry: JournalEntryView }) {
  return (
    <>
      <Facts>
        <Fact label={t("office.journal.type")}>
          {entryWords(entry)} {entry.event === null ? null : <small>JET {entry.event}</small>}
        </Fact>
        <Fact label={t("office.tills.register")}>{entry.registerName}</Fact>
        <Fact label={t("office.journal.chain")}>{t(`office.journal.chain.${entry.chain}`)}</Fact>
        <Fact label={t("office.journal.number")}>
          {entry.seq} <Neighbors entry={entry} />
        </Fact>
        <Fact label={t("office.when")}>{formatDateTime(entry.at, { timeZone: entry.timeZone })}</Fact>
        <Fact label={t("office.tills.day")}>{formatBusinessDate(entry.businessDate)}</Fact>
        <Fact label={t("office.tills.by")}>{entry.operatorName}</Fact>
        <Fact label={t("office.journal.total")}>{entry.total === null ? null : formatMoney(entry.total)}</Fact>
        <Fact label={t("office.journal.received")}>{formatDateTime(entry.receivedAt, { timeZone: entry.timeZone })}</Fact>
        <Fact label={t("office.journal.version")}>{entry.softwareVersion}</Fact>
      </Facts>
      <Part title={t("office.journal.document")}>
        <Raw label={t("office.journal.document")} text={JSON.stringify(entry.document, null, 2)} />
      </Part>
      <Part title={t("office.journal.proof")}>
        {entry.signature === null ? <p className={form.quiet}>{t("office.journal.hashed_text")}</p> : null}
        <Facts>
          <Fact label={t("office.journal.payload")}>
            <Code text={entry.payload} />
          </Fact>
          <Fact label={t("office.journal.hash")}>
            <Code text={entry.bodyHash} />
          </Fact>
          <Fact label={t("office.journal.previous")}>
            <Code text={entry.previous} />
          </Fact>
          <Fact label={t("office.journal.signature")}>
            <Code text={entry.signature} />
          </Fact>
          <Fact label={t("office.journal.key")}>
            <Code text={entry.keyId} />
          </Fact>
        </Facts>
      </Part>
    </>
  );
}

function Code({ text }: { readonly text: string | null }) {
  return text === null || text === "" ? <>–</> : <code>{text}</code>;
}

/** The entries before and after it, which its links hold together. */
function Neighbors({ entry: { registerId, chain, seq, hasPrevious, hasNext } }: { readonly entry: JournalEntryView }) {
  const search = journalRoute.useSearch();
  const at = (place: number) => ({ ...search, entry: `${registerId}/${chain}/${place}` });
  return (
    <>
      {hasPrevious ? (
        <PageLink to="/journal" search={at(seq - 1)}>
          {t("office.journal.before")}
        </PageLink>
      ) : null}{" "}
      {hasNext ? (
        <PageLink to="/journal" search={at(seq + 1)}>
          {t("office.journal.after")}
        </PageLink>
      ) : null}
    </>
  );
}
