import { Button, NumberInput, TextInput } from "@mantine/core";
import type { LoyaltyProgramView } from "@weft/contracts/client";
import { formatDate, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { PROGRAM_KEY } from "./program-query.ts";
import styles from "./loyalty.module.css";

/** How sales earn: the rule in force, the ones before it, and the next version. */
export function EarnTerms({ program }: { readonly program: LoyaltyProgramView }) {
  const may = useMay();
  const [now, ...before] = program.earnRules;
  const [draft, setDraft] = useState({ name: program.name, points: now?.points ?? 1, perMinorUnits: now?.perMinorUnits ?? 100 });
  const currency = now?.currency ?? "EUR";
  const save = useAct((body: typeof draft) => api.ask("loyalty.setEarnRule", { body: { ...body, currency } }), [PROGRAM_KEY]);
  return (
    <Section title={t("office.loyalty.earn")}>
      {now ? <p>{earnText(now)}</p> : null}
      {before.map((rule) => (
        <p key={rule.version} className={styles.quiet}>
          {t("office.loyalty.before", { what: earnText(rule), since: formatDate(rule.validFrom) })}
        </p>
      ))}
      {may("loyalty.setEarnRule") ? (
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.act(draft, () => showToast(t("office.saved")));
          }}
        >
          <TextInput
            required
            maxLength={80}
            label={t("office.loyalty.name")}
            value={draft.name}
            onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
          />
          <div className={form.row}>
            <NumberInput
              required
              min={1}
              max={1000}
              allowDecimal={false}
              label={t("office.loyalty.points")}
              value={draft.points}
              onChange={(points) => setDraft({ ...draft, points: Number(points) })}
            />
            <MoneyInput
              required
              min={1}
              max={1_000_000}
              label={t("office.loyalty.per")}
              currency={currency}
              value={draft.perMinorUnits}
              onChange={(perMinorUnits) => setDraft({ ...draft, perMinorUnits: perMinorUnits ?? 0 })}
            />
          </div>
          <p className={form.quiet}>{t("office.loyalty.version_note")}</p>
          <Button type="submit" variant="default" loading={save.isPending}>
            {t("office.save")}
          </Button>
        </form>
      ) : null}
    </Section>
  );
}

function earnText({ points, perMinorUnits, currency }: LoyaltyProgramView["earnRules"][number]): string {
  const amount = formatMoney({ amount: perMinorUnits, currency });
  return t("office.loyalty.earn_say", { points: formatNumber(points), count: points, amount });
}

/** How long points last. */
export function ExpiryTerms({ policies }: { readonly policies: LoyaltyProgramView["expiryPolicies"] }) {
  const may = useMay();
  const [now, ...before] = policies;
  const [days, setDays] = useState<number | null>(now?.days ?? null);
  const save = useAct((next: number | null) => api.ask("loyalty.setExpiryPolicy", { body: { days: next } }), [PROGRAM_KEY]);
  return (
    <Section title={t("office.loyalty.expiry")}>
      <p>{expiryText(now?.days ?? null)}</p>
      {before.map((policy) => (
        <p key={policy.version} className={styles.quiet}>
          {t("office.loyalty.before", { what: expiryText(policy.days), since: formatDate(policy.validFrom) })}
        </p>
      ))}
      {may("loyalty.setExpiryPolicy") ? (
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.act(days, () => showToast(t("office.saved")));
          }}
        >
          <NumberInput
            min={1}
            max={3660}
            allowDecimal={false}
            label={t("office.loyalty.days")}
            placeholder={t("office.loyalty.never")}
            value={days ?? ""}
            onChange={(value) => setDays(value === "" ? null : Number(value))}
          />
          <p className={form.quiet}>{t("office.loyalty.expiry_note")}</p>
          <Button type="submit" variant="default" loading={save.isPending}>
            {t("office.save")}
          </Button>
        </form>
      ) : null}
    </Section>
  );
}

function expiryText(days: number | null): string {
  return days === null ? t("office.loyalty.never") : t("office.loyalty.expiry_say", { days: formatNumber(days), count: days });
}
