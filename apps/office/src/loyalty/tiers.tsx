import { ActionIcon, Button, Checkbox, NativeSelect } from "@mantine/core";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import type { LoyaltyProgramView, TierTermsView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { NameFields } from "../common/name-fields.tsx";
import { localized, namesOf, NO_NAMES, type Names } from "../common/names.ts";
import { inLanguage } from "../common/text.ts";
import { WholeNumber } from "../common/whole-number.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { useSaving } from "./plan-context.ts";
import { PROGRAM_KEY } from "./program-query.ts";
import styles from "./loyalty.module.css";

const BASES = ["points", "spend", "visits"] as const;

/** The tiers of the program, and how many members are in each. */
export function Tiers({ program, onEdit }: { readonly program: LoyaltyProgramView; readonly onEdit: () => void }) {
  const may = useMay();
  const [now] = program.earnRules;
  const policy = now?.tiers ?? null;
  const membersIn = (code: string): number => program.inTiers.find((one) => one.code === code)?.members ?? 0;
  return (
    <Section
      title={t("office.loyalty.tiers")}
      actions={
        may("loyalty.setTiers") ? (
          <Button variant="default" onClick={onEdit}>
            {t("office.loyalty.edit_tiers")}
          </Button>
        ) : undefined
      }
    >
      {policy ? (
        <>
          <ul className={styles.rewards}>
            {policy.tiers.map((tier) => (
              <li key={tier.code}>
                <span>
                  <strong>{inLanguage(tier.name)}</strong>
                  <small>{fromText(policy.basis, tier.from, now?.currency ?? "EUR")}</small>
                </span>
                <span className={styles.cost}>
                  {t("office.loyalty.in_tier", { members: formatNumber(membersIn(tier.code)), count: membersIn(tier.code) })}
                </span>
              </li>
            ))}
          </ul>
          <p className={styles.quiet}>{[windowText(policy), downText(policy)].join(" ")}</p>
        </>
      ) : (
        <p className={styles.quiet}>{t("office.loyalty.no_tiers")}</p>
      )}
    </Section>
  );
}

function fromText(basis: TierTermsView["basis"], from: number, currency: string): string {
  const value = basis === "spend" ? formatMoney({ amount: from, currency }) : formatNumber(from);
  return t(`office.loyalty.tier_from.${basis}`, { value, count: from });
}

function windowText({ window }: TierTermsView): string {
  return window.kind === "year" ? t("office.loyalty.window_year") : t("office.loyalty.window_days", { count: window.days });
}

function downText({ downgrade, softLanding }: TierTermsView): string {
  if (downgrade.kind === "never") return t("office.loyalty.down_never");
  return t(softLanding ? "office.loyalty.down_softly" : "office.loyalty.down_after", { count: downgrade.days });
}

type Row = { readonly code: string; readonly name: Names; readonly from: number };
type Draft = {
  readonly basis: TierTermsView["basis"];
  readonly window: "days" | "year";
  readonly days: number;
  readonly downgrade: "never" | "after";
  readonly graceDays: number;
  readonly softLanding: boolean;
  readonly tiers: readonly Row[];
};

function draftOf(policy: TierTermsView | null): Draft {
  return {
    basis: policy?.basis ?? "points",
    window: policy?.window.kind ?? "days",
    days: policy?.window.kind === "days" ? policy.window.days : 365,
    downgrade: policy?.downgrade.kind ?? "after",
    graceDays: policy?.downgrade.kind === "after" ? policy.downgrade.days : 30,
    softLanding: policy?.softLanding ?? true,
    tiers: policy?.tiers.map(({ code, name, from }) => ({ code, name: namesOf(name), from })) ?? [
      { code: "silver", name: { en: "Silver", fr: "Argent", de: "Silber", ca: "Plata" }, from: 200 },
      { code: "gold", name: { en: "Gold", fr: "Or", de: "Gold", ca: "Or" }, from: 500 },
    ],
  };
}

function termsOf({ basis, window, days, downgrade, graceDays, softLanding, tiers }: Draft): TierTermsView | null {
  if (tiers.length === 0) return null;
  return {
    basis,
    window: window === "year" ? { kind: window } : { kind: window, days },
    downgrade: downgrade === "never" ? { kind: downgrade } : { kind: downgrade, days: graceDays },
    softLanding,
    tiers: tiers.map(({ code, name, from }) => ({ code, name: localized(name), from })),
  };
}

/** Each needs more than the one before it. */
const isRising = (tiers: readonly Row[]): boolean => tiers.every(({ from }, n) => n === 0 || from > (tiers[n - 1]?.from ?? 0));

type FormProps = { readonly program: LoyaltyProgramView; readonly onClose: () => void };

/** How somebody comes into a tier, and out of it. Without a tier the program has none. */
export function TiersForm({ program, onClose }: FormProps) {
  const [now] = program.earnRules;
  const saving = useSaving();
  const [draft, setDraft] = useState(() => draftOf(now?.tiers ?? null));
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const save = useAct(
    (tiers: TierTermsView | null) => saving({ tiers }, () => api.ask("loyalty.setTiers", { body: { version: now?.version ?? 0, tiers } })),
    [PROGRAM_KEY],
  );
  return (
    <Beside title={t("office.loyalty.edit_tiers")} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.act(termsOf(draft), () => {
            showToast(t("office.saved"));
            onClose();
          });
        }}
      >
        <How draft={draft} change={change} />
        <TierRows draft={draft} change={change} currency={now?.currency ?? "EUR"} />
        <p role="alert" className={form.error}>
          {save.error ? problemText(save.error) : isRising(draft.tiers) ? null : t("office.loyalty.tiers_rise")}
        </p>
        <Button type="submit" loading={save.isPending} disabled={!isRising(draft.tiers)}>
          {t("office.loyalty.publish")}
        </Button>
      </form>
    </Beside>
  );
}

type DraftProps = { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void };

function How({ draft, change }: DraftProps) {
  return (
    <>
      <NativeSelect
        label={t("office.loyalty.basis")}
        value={draft.basis}
        data={BASES.map((basis) => ({ value: basis, label: t(`office.loyalty.basis.${basis}`) }))}
        onChange={({ currentTarget }) => change({ basis: BASES.find((basis) => basis === currentTarget.value) ?? "points" })}
      />
      <div className={form.row}>
        <NativeSelect
          label={t("office.loyalty.window")}
          value={draft.window}
          data={[
            { value: "days", label: t("office.loyalty.window.days") },
            { value: "year", label: t("office.loyalty.window.year") },
          ]}
          onChange={({ currentTarget }) => change({ window: currentTarget.value === "year" ? "year" : "days" })}
        />
        {draft.window === "days" ? (
          <WholeNumber
            required
            min={1}
            max={1100}
            label={t("office.loyalty.days")}
            value={draft.days}
            onChange={(days) => change({ days })}
          />
        ) : null}
      </div>
      <div className={form.row}>
        <NativeSelect
          label={t("office.loyalty.downgrade")}
          value={draft.downgrade}
          data={[
            { value: "never", label: t("office.loyalty.downgrade.never") },
            { value: "after", label: t("office.loyalty.downgrade.after") },
          ]}
          onChange={({ currentTarget }) => change({ downgrade: currentTarget.value === "never" ? "never" : "after" })}
        />
        {draft.downgrade === "after" ? (
          <WholeNumber
            required
            min={0}
            max={366}
            label={t("office.loyalty.grace_days")}
            value={draft.graceDays}
            onChange={(days) => change({ graceDays: days })}
          />
        ) : null}
      </div>
      {draft.downgrade === "after" ? (
        <Checkbox
          label={t("office.loyalty.soft_landing")}
          checked={draft.softLanding}
          onChange={({ currentTarget }) => change({ softLanding: currentTarget.checked })}
        />
      ) : null}
    </>
  );
}

function TierRows({ draft, change, currency }: DraftProps & { readonly currency: string }) {
  const put = (index: number, part: Partial<Row>): void =>
    change({ tiers: draft.tiers.map((row, at) => (at === index ? { ...row, ...part } : row)) });
  const next = (): Row => ({
    code: `tier_${Math.random().toString(36).slice(2, 8)}`,
    name: NO_NAMES,
    from: (draft.tiers.at(-1)?.from ?? 0) + 100,
  });
  return (
    <>
      {draft.tiers.map(({ code, name, from }, index) => (
        <Part key={code} title={name.en.trim() === "" ? t("office.loyalty.tier_number", { number: index + 1 }) : name.en}>
          <div className={form.form}>
            <NameFields
              maxLength={120}
              label={(language) => t("office.promotions.name", { language })}
              names={name}
              onChange={(next) => put(index, { name: next })}
            />
            <div className={form.row}>
              {draft.basis === "spend" ? (
                <MoneyInput
                  required
                  min={1}
                  label={t("office.loyalty.from_on")}
                  currency={currency}
                  value={from}
                  onChange={(amount) => put(index, { from: amount ?? 0 })}
                />
              ) : (
                <WholeNumber
                  required
                  min={1}
                  label={t("office.loyalty.from_on")}
                  value={from}
                  onChange={(value) => put(index, { from: value })}
                />
              )}
              <ActionIcon
                aria-label={t("office.loyalty.remove_tier", { name: name.en })}
                onClick={() => change({ tiers: draft.tiers.filter((_, at) => at !== index) })}
              >
                <IconTrash size={18} stroke={1.75} aria-hidden />
              </ActionIcon>
            </div>
          </div>
        </Part>
      ))}
      <Button variant="default" size="xs" disabled={draft.tiers.length >= 10} onClick={() => change({ tiers: [...draft.tiers, next()] })}>
        {t("office.loyalty.add_tier")}
      </Button>
    </>
  );
}
