import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import { Link } from "@tanstack/react-router";
import type { CustomerIdentifierView, SourceRecordView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { formatPhone } from "@weft/ui/i18n/phone.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

type IdentifiersProps = { readonly identifiers: readonly CustomerIdentifierView[]; readonly records: readonly SourceRecordView[] };

/** What the person is known by, and which of it they have proved. */
export function Identifiers({ identifiers, records }: IdentifiersProps) {
  const may = useMay();
  const kindOf = new Map(records.map(({ id, channelKind }) => [id, channelKind]));
  return (
    <Section title={t("office.customer.identifiers", { count: identifiers.length })}>
      <ul className={styles.identifiers}>
        {identifiers.map(({ id, kind, value, verifiedAt, recordId }) => {
          const channelKind = kindOf.get(recordId);
          return (
            <li key={`${recordId} ${kind} ${value}`}>
              {channelKind ? <ChannelIcon kind={channelKind} size={16} /> : null}
              <span className={styles.quiet}>{t(`office.customer.identifier.${kind}`)}</span>
              {may("identifiers.read") ? (
                <Link to="/identifiers/$id" params={{ id }}>
                  {kind === "phone" ? formatPhone(value) : value}
                </Link>
              ) : (
                <span>{kind === "phone" ? formatPhone(value) : value}</span>
              )}
              {verifiedAt === null ? (
                <span className={styles.quiet}>{t("office.customer.unverified")}</span>
              ) : (
                <span className={styles.verified}>
                  <IconCircleCheck size={16} stroke={1.75} aria-hidden />
                  {t("office.customer.verified", { date: formatDate(verifiedAt) })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
