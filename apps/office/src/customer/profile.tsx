import { Tooltip } from "@mantine/core";
import type { ProfileFieldView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon, channelName } from "@weft/ui/kit/channel-icon.tsx";
import { attributeText } from "../common/attribute-text.ts";
import { Fact, Facts } from "../common/facts.tsx";
import { t } from "../t.ts";
import styles from "./customer.module.css";

/** What holds for the person, each field with the channel it comes from and the rule by which that one won. */
export function Profile({ fields }: { readonly fields: readonly ProfileFieldView[] }) {
  return (
    <Section title={t("office.customer.profile")}>
      {fields.length === 0 ? <p className={styles.quiet}>{t("office.customer.nothing_known")}</p> : null}
      <Facts>
        {fields.map((field) => (
          <Fact key={field.field} label={t(`office.customer.field.${field.field}`)}>
            <span className={styles.field}>
              <span>{attributeText(field.field, field.value)}</span>
              <Source field={field} />
            </span>
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

function Source({ field }: { readonly field: ProfileFieldView }) {
  const say = t("office.customer.source", {
    channel: channelName(field.fromChannelKind),
    rule: t(`office.customer.rule.${field.rule}`),
    at: formatDateTime(field.at),
  });
  return (
    <Tooltip label={say} multiline maw={260}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the source is what this page is for: worth a stop of the keyboard */}
      <span className={styles.source} tabIndex={0} role="note" aria-label={say}>
        <ChannelIcon kind={field.fromChannelKind} size={16} />
        <span aria-hidden>{t(`office.customer.rule.${field.rule}`)}</span>
      </span>
    </Tooltip>
  );
}
