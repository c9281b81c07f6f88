import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import type { LoyaltyProgramView } from "@weft/contracts/client";
import { formatDate, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useContext, useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { PlanContext, useSaving } from "./plan-context.ts";
import { PointsRow } from "./points-row.tsx";
import { PROGRAM_KEY } from "./program-query.ts";
import styles from "./loyalty.module.css";

/** How sales earn: the rule in force, the ones before it, and the next version. */
export function EarnTerms({ program }: { readonly program: LoyaltyProgramView }) {
  const may = useMay();
  const saving = useSaving();
  const plan = useContext(PlanContext);
  const [now, ...before] = program.earnRules;
  const [draft, setDraft] = useState({
    name: program.name,
    points: now?.points ?? 1,
    perMinorUnits: now?.perMinorUnits ?? 100,
    pendingDays: now?.pendingDays ?? 0,
  });
  const currency = now?.currency ?? "EUR";
  const save = useAct(
    ({ name, ...rule }: typeof draft) => saving(rule, () => api.ask("loyalty.setEarnRule", { body: { name, ...rule, currency } })),
    [PROGRAM_KEY],
  );
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
          {plan ? null : (
            <TextInput
              required
              maxLength={80}
              label={t("office.loyalty.name")}
              value={draft.name}
              onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
            />
          )}
          <PointsRow
            points={draft.points}
            mostPoints={1000}
            amount={draft.perMinorUnits}
            amountLabel={t("office.loyalty.per")}
            currency={currency}
            onPoints={(points) => setDraft({ ...draft, points })}
            onAmount={(perMinorUnits) => setDraft({ ...draft, perMinorUnits })}
          />
          <NumberInput
            min={0}
            max={366}
            allowDecimal={false}
            label={t("office.loyalty.pending_days")}
            description={t("office.loyalty.pending_hint")}
            value={draft.pendingDays}
            onChange={(days) => setDraft({ ...draft, pendingDays: Number(days) })}
          />
          <p className={form.quiet}>{plan ? t("office.loyalty.plan_note") : t("office.loyalty.version_note")}</p>
          <Button type="submit" variant="default" loading={save.isPending}>
            {t("office.save")}
          </Button>
        </form>
      ) : null}
    </Section>
  );
}

export function earnText({ points, perMinorUnits, currency, pendingDays, bonuses }: LoyaltyProgramView["earnRules"][number]): string {
  const amount = formatMoney({ amount: perMinorUnits, currency });
  return [
    t("office.loyalty.earn_say", { points: formatNumber(points), count: points, amount }),
    ...(bonuses.length > 0 ? [t("office.loyalty.with_bonuses", { count: bonuses.length })] : []),
    ...(pendingDays > 0 ? [t("office.loyalty.usable_after", { count: pendingDays })] : []),
  ].join(", ");
}

type Expiry = Pick<LoyaltyProgramView["expiryPolicies"][number], "kind" | "length">;
const EXPIRY_KINDS = ["never", "days", "months", "years", "inactivity"] as const;

/** How long points last. */
export function ExpiryTerms({ policies }: { readonly policies: LoyaltyProgramView["expiryPolicies"] }) {
  const may = useMay();
  const [now, ...before] = policies;
  const [draft, setDraft] = useState<Expiry>({ kind: now?.kind ?? "never", length: now?.length ?? 365 });
  const save = useAct((body: Expiry) => api.ask("loyalty.setExpiryPolicy", { body }), [PROGRAM_KEY]);
  return (
    <Section title={t("office.loyalty.expiry")}>
      <p>{expiryText(now ?? { kind: "never", length: 0 })}</p>
      {before.map((policy) => (
        <p key={policy.version} className={styles.quiet}>
          {t("office.loyalty.before", { what: expiryText(policy), since: formatDate(policy.validFrom) })}
        </p>
      ))}
      {may("loyalty.setExpiryPolicy") ? (
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.act(draft, () => showToast(t("office.saved")));
          }}
        >
          <NativeSelect
            label={t("office.loyalty.expiry_kind")}
            value={draft.kind}
            data={EXPIRY_KINDS.map((kind) => ({ value: kind, label: t(`office.loyalty.expiry.${kind}`) }))}
            onChange={({ currentTarget }) => setDraft(startOf(EXPIRY_KINDS.find((kind) => kind === currentTarget.value) ?? "never"))}
          />
          {draft.kind === "never" ? null : (
            <NumberInput
              required
              min={draft.kind === "months" || draft.kind === "years" ? 0 : 1}
              max={3660}
              allowDecimal={false}
              label={t(`office.loyalty.expiry_length.${draft.kind}`)}
              value={draft.length}
              onChange={(length) => setDraft({ ...draft, length: Number(length) })}
            />
          )}
          <p className={form.quiet}>{t("office.loyalty.expiry_note")}</p>
          <Button type="submit" variant="default" loading={save.isPending}>
            {t("office.save")}
          </Button>
        </form>
      ) : null}
    </Section>
  );
}

/** What most would choose of each kind. */
function startOf(kind: Expiry["kind"]): Expiry {
  const lengths: Readonly<Record<Expiry["kind"], number>> = { never: 0, days: 365, months: 12, years: 1, inactivity: 365 };
  return { kind, length: lengths[kind] };
}

function expiryText({ kind, length }: Expiry): string {
  return kind === "never"
    ? t("office.loyalty.never")
    : t(`office.loyalty.expiry_say.${kind}`, { days: formatNumber(length), count: length });
}
