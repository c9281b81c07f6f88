import { LOCALE_NAMES, LOCALES, isLocale } from "@weft/ui/i18n/locales.ts";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { Field } from "@weft/ui/shop/field.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { useState } from "react";
import { t } from "../t.ts";
import { minutesOf, timeText } from "./clock-time.ts";
import { ASKED_KINDS, type Agreed, type QuietHours, type Wishes } from "./terms.ts";
import styles from "./terms.module.css";

const PAUSE_WEEKS = [2, 4, 12] as const;
const WEEK_MS = 7 * 24 * 3_600_000;
const NIGHT = { from: 22 * 60, until: 7 * 60 };

type WishesProps = { readonly preferences: Agreed["preferences"]; readonly onWish: (wishes: Wishes) => void };

/** By which channel, in which language and when somebody wants to be reached. */
export function WishesForm({ preferences, onWish }: WishesProps) {
  const { channel, language, quietHours, pausedUntil } = preferences;
  return (
    <div className={styles.fields}>
      <SelectField label={t("shop.terms.channel")} value={channel ?? ""} onChoose={(value) => onWish({ channel: kindOf(value) })}>
        <option value="">{t("shop.terms.any")}</option>
        {ASKED_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`shop.terms.kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("shop.terms.language")}
        value={language ?? ""}
        onChoose={(value) => onWish({ language: isLocale(value) ? value : null })}
      >
        <option value="">{t("shop.terms.any_language")}</option>
        {LOCALES.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {LOCALE_NAMES[locale]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("shop.terms.quiet")}
        value={quietHours ? "own" : ""}
        onChoose={(value) => onWish({ quietHours: value === "own" ? { ...NIGHT, timeZone: ownZone() } : null })}
      >
        <option value="">{t("shop.terms.quiet_none")}</option>
        <option value="own">{t("shop.terms.quiet_own")}</option>
      </SelectField>
      {quietHours ? <QuietTimes quietHours={quietHours} onWish={onWish} /> : null}
      <SelectField
        label={t("shop.terms.pause")}
        value={pausedUntil === null ? "" : "until"}
        onChoose={(value) => onWish({ pausedUntil: pauseEnd(value) })}
      >
        <option value="">{t("shop.terms.pause_none")}</option>
        {pausedUntil === null ? null : <option value="until">{t("shop.terms.pause_until", { date: formatDate(pausedUntil) })}</option>}
        {PAUSE_WEEKS.map((weeks) => (
          <option key={weeks} value={String(weeks)}>
            {t("shop.terms.pause_weeks", { count: weeks })}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function QuietTimes({ quietHours, onWish }: { readonly quietHours: QuietHours; readonly onWish: WishesProps["onWish"] }) {
  // Both as they stand in the fields: whoever goes on to the second one does not wait until the first is kept.
  const [typed, setTyped] = useState(quietHours);
  const set = (change: Partial<QuietHours>): void => {
    const wanted = { ...typed, ...change, timeZone: ownZone() };
    setTyped(wanted);
    onWish({ quietHours: wanted });
  };
  const field = (name: "from" | "until") => (
    <Field
      type="time"
      label={t(`shop.terms.quiet_${name}`)}
      defaultValue={timeText(quietHours[name])}
      onBlur={({ target }) => {
        const minutes = minutesOf(target.value);
        if (minutes !== null && minutes !== typed[name]) set({ [name]: minutes });
      }}
    />
  );
  return (
    <div className={styles.times}>
      {field("from")}
      {field("until")}
    </div>
  );
}

const kindOf = (text: string): NonNullable<Wishes["channel"]> | null => ASKED_KINDS.find((kind) => kind === text) ?? null;

const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

function pauseEnd(value: string): string | null {
  const weeks = PAUSE_WEEKS.find((each) => String(each) === value);
  return weeks === undefined ? null : new Date(Date.now() + weeks * WEEK_MS).toISOString();
}
