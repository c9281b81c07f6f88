import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import type { ImportPreviewView, ImportSettingsView } from "@weft/contracts/client";
import { LOCALE_NAMES, LOCALES } from "@weft/ui/i18n/locales.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import styles from "./import.module.css";

type PartProps = { readonly settings: ImportSettingsView; readonly onChange: (change: Partial<ImportSettingsView>) => void };
type ReadingProps = PartProps & Pick<ImportPreviewView, "format" | "isDateOrderOpen">;

const DELIMITERS = [
  [";", "semicolon"],
  [",", "comma"],
  ["\t", "tab"],
  ["|", "bar"],
] as const;
const TOPICS = ["offers", "news", "reminders"] as const;

/** How the file is cut and read: found by the hub, and changed here where it is mistaken. */
export function ReadingPart({ settings, format, isDateOrderOpen, onChange }: ReadingProps) {
  return (
    <div className={styles.settings}>
      {format === "csv" ? (
        <>
          <NativeSelect
            size="xs"
            label={t("office.import.delimiter")}
            value={settings.delimiter}
            data={DELIMITERS.map(([value, name]) => ({ value, label: t(`office.import.delimiter.${name}`) }))}
            onChange={({ currentTarget }) =>
              onChange({ delimiter: DELIMITERS.find(([value]) => value === currentTarget.value)?.[0] ?? ",", columns: [] })
            }
          />
          <Checkbox
            size="xs"
            label={t("office.import.has_header")}
            checked={settings.hasHeader}
            onChange={({ currentTarget }) => onChange({ hasHeader: currentTarget.checked })}
          />
        </>
      ) : null}
      <NativeSelect
        size="xs"
        label={t("office.import.date_order")}
        error={isDateOrderOpen ? t("office.import.date_order_open") : undefined}
        value={settings.dateOrder}
        data={[
          { value: "dmy", label: t("office.import.date_order.dmy") },
          { value: "mdy", label: t("office.import.date_order.mdy") },
        ]}
        onChange={({ currentTarget }) => onChange({ dateOrder: currentTarget.value === "mdy" ? "mdy" : "dmy" })}
      />
      <NativeSelect
        size="xs"
        label={t("office.import.decimal")}
        value={settings.decimal}
        data={[
          { value: ",", label: "1,5" },
          { value: ".", label: "1.5" },
        ]}
        onChange={({ currentTarget }) => onChange({ decimal: currentTarget.value === "," ? "," : "." })}
      />
      <TextInput
        size="xs"
        label={t("office.import.time_zone")}
        defaultValue={settings.timeZone}
        onBlur={({ currentTarget }) => onChange({ timeZone: currentTarget.value.trim() })}
      />
    </div>
  );
}

/** Whether contacts of the file count as proved, and who answers for it. */
export function VerifiedPart({ settings: { verified }, onChange }: PartProps) {
  const set = (change: Partial<ImportSettingsView["verified"]>): void => onChange({ verified: { ...verified, ...change } });
  return (
    <Section title={t("office.import.verified")}>
      <p className={form.quiet}>{t("office.import.verified_text")}</p>
      <div className={styles.settings}>
        <Checkbox
          size="xs"
          label={t("office.import.verified_email")}
          checked={verified.email}
          onChange={({ currentTarget }) => set({ email: currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label={t("office.import.verified_phone")}
          checked={verified.phone}
          onChange={({ currentTarget }) => set({ phone: currentTarget.checked })}
        />
        {verified.email || verified.phone ? (
          <Because label={t("office.import.verified_because")} value={verified.because} onChange={(because) => set({ because })} />
        ) : null}
      </div>
    </Section>
  );
}

type NoticePartProps = PartProps & { readonly notices: ImportPreviewView["notices"] };

/** Under which words the people of the file were collected: it decides whether their files may be joined with those of other channels. */
export function NoticePart({ settings: { notice }, notices, onChange }: NoticePartProps) {
  const choices = [
    { value: "in_force", label: t("office.import.notice_in_force") },
    ...notices.map(({ id, version }) => ({ value: id, label: t("office.import.notice_version", { version }) })),
    { value: "none", label: t("office.import.notice_none") },
  ];
  return (
    <Section title={t("office.import.notice")}>
      <p className={form.quiet}>{t("office.import.notice_text")}</p>
      <div className={styles.settings}>
        <NativeSelect
          size="xs"
          label={t("office.import.notice_label")}
          value={notice}
          data={choices}
          onChange={({ currentTarget }) => onChange({ notice: currentTarget.value })}
        />
      </div>
    </Section>
  );
}

/** What a yes of the file was given for, by which words, and whether it was confirmed. */
export function ConsentPart({ settings: { consent }, onChange }: PartProps) {
  const set = (change: Partial<ImportSettingsView["consent"]>): void => onChange({ consent: { ...consent, ...change } });
  return (
    <Section title={t("office.import.consent")}>
      <p className={form.quiet}>{t("office.import.consent_text")}</p>
      <div className={styles.settings}>
        <Checkbox.Group
          size="xs"
          label={t("office.import.topics")}
          value={[...consent.topics]}
          onChange={(topics) => set({ topics: TOPICS.filter((topic) => topics.includes(topic)) })}
        >
          <div className={styles.topics}>
            {TOPICS.map((topic) => (
              <Checkbox key={topic} size="xs" value={topic} label={t(`office.consent.topic.${topic}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <TextInput
          size="xs"
          label={t("office.import.wording")}
          description={t("office.import.wording_text")}
          maxLength={40}
          defaultValue={consent.wordingVersion}
          onBlur={({ currentTarget }) => set({ wordingVersion: currentTarget.value.trim() || consent.wordingVersion })}
        />
        <NativeSelect
          size="xs"
          label={t("office.import.language")}
          value={consent.language}
          data={LOCALES.map((language) => ({ value: language, label: LOCALE_NAMES[language] }))}
          onChange={({ currentTarget }) => set({ language: LOCALES.find((one) => one === currentTarget.value) ?? "en" })}
        />
        <Because
          label={t("office.import.confirmed")}
          value={consent.confirmedBecause}
          onChange={(confirmedBecause) => set({ confirmedBecause })}
        />
      </div>
    </Section>
  );
}

type BecauseProps = { readonly label: string; readonly value: string | null; readonly onChange: (because: string | null) => void };

/** A reason is kept when its field is left: each letter would ask for another preview. */
function Because({ label, value, onChange }: BecauseProps) {
  return (
    <TextInput
      size="xs"
      label={label}
      description={t("office.import.because_text")}
      maxLength={300}
      defaultValue={value ?? ""}
      onBlur={({ currentTarget }) => onChange(currentTarget.value.trim().length >= 3 ? currentTarget.value.trim() : null)}
    />
  );
}
