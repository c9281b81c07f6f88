import IconFilter from "@tabler/icons-react/dist/esm/icons/IconFilter.mjs";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TimelineEntryView } from "@weft/contracts/client";
import { formatDateTime, formatTime } from "@weft/ui/i18n/format.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import type { ReactNode } from "react";
import { wordOf } from "../common/text.ts";
import { customerRoute } from "../routes.tsx";
import { t } from "../t.ts";
import styles from "./customer.module.css";
import { customerQuery } from "./queries.ts";
import { sentenceOf } from "./sentence.ts";

/** One thing that happened: on which channel, where, what it was about, and what the person was shown there. */
export function TimelineItem({ entry }: { readonly entry: TimelineEntryView }) {
  const search = customerRoute.useSearch();
  const navigate = customerRoute.useNavigate();
  const what = wordOf(`office.timeline.${entry.kind}`, entry.kind);
  return (
    <li>
      <ChannelIcon kind={entry.channelKind} size={20} />
      <div>
        <p>
          <Reference reference={entry.reference}>{sentenceOf(entry)}</Reference>
        </p>
        <small className={styles.quiet}>
          {[entry.channelName, entry.placeName].filter(Boolean).join(" · ")}{" "}
          <button
            type="button"
            className={styles.only}
            aria-label={t("office.customer.only_kind", { kind: what })}
            title={t("office.customer.only_kind", { kind: what })}
            onClick={() => void navigate({ search: { ...search, kind: entry.kind }, replace: true })}
          >
            <IconFilter size={14} stroke={1.75} aria-hidden />
          </button>
        </small>
        <Details entry={entry} />
      </div>
      <time dateTime={entry.at} title={formatDateTime(entry.at)}>
        {formatTime(entry.at)}
      </time>
    </li>
  );
}

function Reference({ reference, children }: { readonly reference: TimelineEntryView["reference"]; readonly children: ReactNode }) {
  if (reference?.kind !== "order") return <strong>{children}</strong>;
  return (
    <Link to="/orders" search={{ open: reference.id }}>
      {children}
    </Link>
  );
}

/** By which record it is this customer's, and what joined that record to them. */
function Why({ recordId }: { readonly recordId: string }) {
  const { id } = customerRoute.useParams();
  const customer = useQuery(customerQuery(id)).data;
  if (!customer) return null;
  const record = customer.records.find((each) => each.id === recordId);
  if (!record) return <p className={styles.quiet}>{t("office.customer.why_visitor")}</p>;
  const { link, channelName } = record;
  if (!link) return <p className={styles.quiet}>{t("office.customer.why_own", { channel: channelName })}</p>;
  const because =
    link.because === "" ? t(`office.customer.link.${link.kind}`) : wordOf(`office.match.because.${link.because}`, link.because);
  return <p className={styles.quiet}>{t("office.customer.why_linked", { channel: channelName, because, at: formatDateTime(link.at) })}</p>;
}

/** What came with it, one line each, folded: most readers want the course of things first. */
function Details({ entry }: { readonly entry: TimelineEntryView }) {
  const data = Object.entries(entry.data);
  const shown = Object.entries(entry.shown ?? {});
  if (data.length === 0 && shown.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary>{shown.length > 0 ? t("office.customer.details_shown") : t("office.customer.details")}</summary>
      <Why recordId={entry.recordId} />
      <dl>
        {[...data, ...shown].map(([name, value], index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a name may be in both parts, whose order is fixed
          <div key={index}>
            <dt>{name}</dt>
            <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
