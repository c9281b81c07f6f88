import { Accordion, Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { CustomerPageView, SourceRecordView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { attributeText } from "../common/attribute-text.ts";
import { Fact, Facts } from "../common/facts.tsx";
import { wordOf } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";
import { unmerge } from "./unmerge.ts";

/** Each channel's own view of the person, kept as it came, and what joins it to the others. */
export function Records({ customer }: { readonly customer: CustomerPageView }) {
  return (
    <Section title={t("office.customer.records", { count: customer.records.length })}>
      <Accordion multiple chevronPosition="left" className={styles.records}>
        {customer.records.map((record) => (
          <Accordion.Item key={record.id} value={record.id}>
            <Accordion.Control>
              <span className={styles.recordHead}>
                <ChannelIcon kind={record.channelKind} />
                <span>{record.channelName}</span>
                {record.externalId === null ? null : <code>{record.externalId}</code>}
              </span>
            </Accordion.Control>
            <Accordion.Panel>
              <RecordDetails record={record} customerId={customer.id} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );
}

function RecordDetails({ record, customerId }: { readonly record: SourceRecordView; readonly customerId: string }) {
  return (
    <div className={styles.form}>
      <Facts>
        {Object.entries(record.attributes).map(([name, value]) => (
          <Fact key={name} label={wordOf(`office.customer.field.${name}`, name)}>
            {attributeText(name, value)}
          </Fact>
        ))}
        <Fact label={t("office.customer.record_since")}>{formatDateTime(record.createdAt)}</Fact>
        <Fact label={t("office.customer.record_version")}>
          {t("office.customer.record_version_say", { version: record.version, at: formatDateTime(record.updatedAt) })}
        </Fact>
      </Facts>
      {record.link ? <LinkLine link={record.link} customerId={customerId} /> : null}
    </div>
  );
}

function LinkLine({ link, customerId }: { readonly link: NonNullable<SourceRecordView["link"]>; readonly customerId: string }) {
  const may = useMay();
  const queries = useQueryClient();
  const router = useRouter();
  return (
    <div className={styles.link}>
      <p>
        {t("office.customer.linked", { how: t(`office.customer.link.${link.kind}`), at: formatDateTime(link.at) })}
        {link.because === "" ? null : ` “${wordOf(`office.match.because.${link.because}`, link.because)}”`}
      </p>
      {link.canUndo && may("customers.unmerge") ? (
        <Button variant="default" onClick={() => void unmerge(queries, router, link.id, customerId)}>
          {t("office.merge.undo")}
        </Button>
      ) : null}
    </div>
  );
}
